"""A draft."""
from alembic import op
import sqlalchemy as sa

revision = "draft"
down_revision = None


def upgrade() -> None:
    op.create_table("spot", sa.Column("id", sa.Integer(), primary_key=True))
    op.add_column("spot", sa.Column("level", sa.Integer()))


def downgrade() -> None:
    op.drop_table("spot")
