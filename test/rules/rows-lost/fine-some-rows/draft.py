"""A draft."""
from alembic import op
import sqlalchemy as sa

revision = "draft"
down_revision = None


def upgrade() -> None:
    op.execute("DELETE FROM place WHERE rating IS NULL")
    op.execute("UPDATE place SET rating = 0 WHERE rating IS NULL")
    op.execute("UPDATE place SET rating = rating + 1")
    op.execute("UPDATE place SET name = trim(name)")


def downgrade() -> None:
    pass
