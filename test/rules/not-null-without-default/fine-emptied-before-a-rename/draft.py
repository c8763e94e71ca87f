"""A draft."""
from alembic import op
import sqlalchemy as sa

revision = "draft"
down_revision = None


def upgrade() -> None:
    op.execute("DELETE FROM place")
    op.rename_table("place", "site")
    op.add_column("site", sa.Column("status", sa.Text(), nullable=False))


def downgrade() -> None:
    op.drop_column("site", "status")
    op.rename_table("site", "place")
