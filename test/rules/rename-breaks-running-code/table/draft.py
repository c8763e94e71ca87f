"""A draft."""
from alembic import op
import sqlalchemy as sa

revision = "draft"
down_revision = None


def upgrade() -> None:
    op.rename_table("place", "venue")


def downgrade() -> None:
    op.rename_table("venue", "place")
