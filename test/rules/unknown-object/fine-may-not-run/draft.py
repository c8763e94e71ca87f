"""A draft."""
import os

from alembic import op

revision = "draft"
down_revision = None


def upgrade() -> None:
    if os.environ.get("PLACE_HAS_OTHER_INDEX"):
        op.drop_index("ix_other", table_name="place")
        op.drop_constraint("place_other", "place")


def downgrade() -> None:
    pass
