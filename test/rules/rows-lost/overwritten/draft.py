"""A draft."""
from alembic import op
import sqlalchemy as sa

revision = "draft"
down_revision = None


def upgrade() -> None:
    op.execute("UPDATE place SET rating = 3")


def downgrade() -> None:
    pass
