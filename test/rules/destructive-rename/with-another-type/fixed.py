"""A draft."""
from alembic import op
import sqlalchemy as sa

revision = "draft"
down_revision = None


def upgrade() -> None:
    op.alter_column("place", "business_name", new_column_name="business_title")
    op.alter_column("place", "business_title", type_=sa.Text())
    op.alter_column("place", "business_title", server_default="?")
    op.execute("UPDATE place SET business_title = DEFAULT WHERE business_title IS NULL")
    op.alter_column("place", "business_title", nullable=False)
    op.execute("UPDATE place SET rating = 0 WHERE rating IS NULL")


def downgrade() -> None:
    op.alter_column("place", "business_title", new_column_name="business_name")
    op.alter_column("place", "business_name", server_default=None)
    op.alter_column("place", "business_name", type_=sa.String(length=200))
    op.alter_column("place", "business_name", nullable=True)
