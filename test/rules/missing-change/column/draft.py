"""A draft."""
from alembic import op
import sqlalchemy as sa

revision = "draft"
down_revision = None


def upgrade() -> None:
    op.create_index("ix_place_kind", "place", ["kind"])


def downgrade() -> None:
    op.drop_index("ix_place_kind", table_name="place")
