"""A draft."""
from alembic import op
import sqlalchemy as sa

revision = "draft"
down_revision = None


def upgrade() -> None:
    op.alter_column("place", "status", server_default="now")


def downgrade() -> None:
    op.alter_column("place", "status", server_default=None)
