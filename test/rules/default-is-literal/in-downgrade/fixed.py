"""A draft."""
from alembic import op
import sqlalchemy as sa

revision = "draft"
down_revision = None


def upgrade() -> None:
    op.alter_column("place", "seen", server_default=None)


def downgrade() -> None:
    op.alter_column("place", "seen", server_default=sa.text("CURRENT_DATE"))
