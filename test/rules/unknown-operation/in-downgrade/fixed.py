"""A draft."""
from alembic import op
import sqlalchemy as sa

revision = "draft"
down_revision = None


def upgrade() -> None:
    op.drop_index("place_id", table_name="place")


def downgrade() -> None:
    op.create_index("place_id", "place", ["id"])
