"""A draft."""
from alembic import op
import sqlalchemy as sa

revision = "draft"
down_revision = None


def upgrade() -> None:
    op.create_index("ix_place_name", "place", ["name"])


def downgrade() -> None:
    op.drop_index("ix_place_name", table_name="place")
