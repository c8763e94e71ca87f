"""A draft."""
from alembic import op
import sqlalchemy as sa

revision = "draft"
down_revision = None


def upgrade() -> None:
    op.drop_column("place", "business_name", schema="shop")
    op.add_column("place", sa.Column("business_title", sa.String(length=200), nullable=True), schema="shop")


def downgrade() -> None:
    op.drop_column("place", "business_title", schema="shop")
    op.add_column("place", sa.Column("business_name", sa.String(length=200), nullable=True), schema="shop")
