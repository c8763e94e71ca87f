"""A draft."""
from alembic import op
import sqlalchemy as sa

revision = "draft"
down_revision = None


def upgrade() -> None:
    op.drop_index("place_floor_idx", table_name="place", schema="shop")


def downgrade() -> None:
    op.create_index("place_floor_idx", "place", ["floor"], schema="shop")
