"""A draft."""
from alembic import op
import sqlalchemy as sa

revision = "draft"
down_revision = None


def upgrade() -> None:
    op.execute("ALTER TYPE shop.status ADD VALUE 'new'")
    op.create_check_constraint("status_known", "place", "status <> 'new'", schema="shop")


def downgrade() -> None:
    op.drop_constraint("status_known", "place", schema="shop")
