"""A draft."""
from alembic import op
import sqlalchemy as sa

revision = "draft"
down_revision = None


def upgrade() -> None:
    op.add_column("place", sa.Column("business_title", sa.String(length=200), nullable=True))
    op.alter_column("place", "business_name", new_column_name="company_name")


def downgrade() -> None:
    op.alter_column("place", "company_name", new_column_name="business_name")
    op.drop_column("place", "business_title")
