"""A draft."""
from alembic import op
import sqlalchemy as sa

revision = "draft"
down_revision = None


def upgrade() -> None:
    op.alter_column(
        "place", "business_name", new_column_name="business_title", schema="shop"
    )


def downgrade() -> None:
    op.alter_column(
        "place", "business_title", new_column_name="business_name", schema="shop"
    )
