"""A draft."""
from alembic import op
import sqlalchemy as sa

revision = "draft"
down_revision = None


def upgrade() -> None:
    op.execute("ALTER TYPE status ADD VALUE 'closed' AFTER 'open'")
    op.execute("UPDATE place SET status = 'closed' WHERE status = 'shut'")


def downgrade() -> None:
    op.execute("UPDATE place SET status = 'shut' WHERE status = 'closed'")
