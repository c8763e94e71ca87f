"""A draft."""
from alembic import op
import sqlalchemy as sa

revision = "draft"
down_revision = None


def upgrade() -> None:
    sa.Enum("NEW", "QUEUED", "DONE", name="place_status").create(op.get_bind(), checkfirst=True)
    op.execute("UPDATE place SET status = 'DONE' WHERE id = 2")


def downgrade() -> None:
    op.execute("UPDATE place SET status = 'QUEUED' WHERE id = 2")
