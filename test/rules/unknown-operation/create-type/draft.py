"""A draft."""
from alembic import op
import sqlalchemy as sa

revision = "draft"
down_revision = None


def upgrade() -> None:
    op.create_type("place_status", ["NEW", "QUEUED"])


def downgrade() -> None:
    op.drop_type("place_status")
