"""A draft."""
from alembic import op
import sqlalchemy as sa

revision = "draft"
down_revision = None


def upgrade() -> None:
    op.rename_table("place", "place_dropped", schema="shop")


def downgrade() -> None:
    op.rename_table("place_dropped", "place", schema="shop")
