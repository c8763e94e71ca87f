"""A draft."""
from alembic import op
import sqlalchemy as sa

revision = "draft"
down_revision = None


def upgrade() -> None:
    op.execute("UPDATE place SET note = DEFAULT WHERE note IS NULL")
    op.alter_column("place", "note", nullable=False)


def downgrade() -> None:
    op.alter_column("place", "note", nullable=True)
