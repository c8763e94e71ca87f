"""A draft."""
from alembic import op
import sqlalchemy as sa

revision = "draft"
down_revision = None


def upgrade() -> None:
    op.create_foreign_key("place_customer_fkey", "place", "customer", ["customer_id"], ["id"])


def downgrade() -> None:
    op.drop_constraint("place_customer_fkey", "place", type_="foreignkey")
