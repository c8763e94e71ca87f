"""A draft."""
from alembic import op
import sqlalchemy as sa

revision = "draft"
down_revision = None


def upgrade() -> None:
    op.add_column("place", sa.Column("business_title", sa.String(length=200), nullable=True))
    op.execute("UPDATE place SET business_title = business_name")
    op.drop_column("place", "business_name")


def downgrade() -> None:
    op.add_column("place", sa.Column("business_name", sa.String(length=200), nullable=True))
    op.execute("UPDATE place SET business_name = business_title")
    op.drop_column("place", "business_title")
