"""A draft."""
from alembic import op
import sqlalchemy as sa

revision = "draft"
down_revision = None


def upgrade() -> None:
    with op.get_context().autocommit_block():
        op.execute("ALTER TYPE status ADD VALUE IF NOT EXISTS 'closed' AFTER 'open'")
    op.execute("UPDATE place SET status = 'closed' WHERE status = 'shut'")


def downgrade() -> None:
    op.execute("UPDATE place SET status = 'shut' WHERE status = 'closed'")
