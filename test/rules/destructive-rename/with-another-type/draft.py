"""A draft."""
from alembic import op
import sqlalchemy as sa

revision = "draft"
down_revision = None


def upgrade() -> None:
    op.add_column("place", sa.Column("business_title", sa.Text(), server_default="?", nullable=False))
    op.drop_column("place", "business_name")
    op.execute("UPDATE place SET rating = 0 WHERE rating IS NULL")


def downgrade() -> None:
    op.add_column("place", sa.Column("business_name", sa.String(length=200), nullable=True))
    op.drop_column("place", "business_title")
