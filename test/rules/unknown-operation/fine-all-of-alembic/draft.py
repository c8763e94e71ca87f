"""A draft."""
from alembic import op
import sqlalchemy as sa

revision = "draft"
down_revision = None


def upgrade() -> None:
    op.bulk_insert(sa.table("place", sa.column("id")), [])
    op.create_table_comment("place", "Where people go.")


def downgrade() -> None:
    op.drop_table_comment("place")
