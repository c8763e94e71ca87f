"""A draft."""
from alembic import op
import sqlalchemy as sa

revision = "draft"
down_revision = None


def upgrade() -> None:
    with op.get_context().autocommit_block():
        op.execute("ALTER TYPE place_status ADD VALUE IF NOT EXISTS 'DONE'")
        sa.Enum(
            "NEW", "QUEUED", "DONE", name="place_status"
        ).create(op.get_bind(), checkfirst=True)
    op.execute("UPDATE place SET status = 'DONE' WHERE id = 2")


def downgrade() -> None:
    op.execute("UPDATE place SET status = 'QUEUED' WHERE id = 2")
