"""A draft."""
from alembic import op
import sqlalchemy as sa

revision = "draft"
down_revision = None


def upgrade() -> None:
    op.drop_index("ix_place_name", table_name="place")
    op.rename_table("place", "place_dropped")


def downgrade() -> None:
    op.rename_table("place_dropped", "place")
    op.create_index("ix_place_name", "place", ["name"])
