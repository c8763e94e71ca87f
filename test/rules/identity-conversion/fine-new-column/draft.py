"""A draft."""
from alembic import op
import sqlalchemy as sa

revision = "draft"
down_revision = None


def upgrade() -> None:
    op.add_column("place", sa.Column("number", sa.Integer(), sa.Identity(), nullable=False))


def downgrade() -> None:
    op.drop_column("place", "number")
