"""A draft."""
from alembic import op
import sqlalchemy as sa

revision = "draft"
down_revision = None


def upgrade() -> None:
    op.drop_column("place", "phone")


def downgrade() -> None:
    op.add_column("place", sa.Column("phone", sa.Text(), nullable=True))
