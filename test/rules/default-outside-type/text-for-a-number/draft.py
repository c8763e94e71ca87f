"""A draft."""
from alembic import op
import sqlalchemy as sa

revision = "draft"
down_revision = None


def upgrade() -> None:
    op.alter_column("place", "floor", server_default="ground")


def downgrade() -> None:
    op.alter_column("place", "floor", server_default=None)
