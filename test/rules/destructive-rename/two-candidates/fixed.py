"""A draft."""
from alembic import op
import sqlalchemy as sa

revision = "draft"
down_revision = None


def upgrade() -> None:
    op.alter_column("place", "business_name", new_column_name="business_title")
    op.add_column("place", sa.Column("company_name", sa.String(length=200), nullable=True))


def downgrade() -> None:
    op.alter_column("place", "business_title", new_column_name="business_name")
    op.drop_column("place", "company_name")
