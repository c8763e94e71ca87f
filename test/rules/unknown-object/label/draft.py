"""A draft."""
from alembic import op
import sqlalchemy as sa

revision = "draft"
down_revision = None


def upgrade() -> None:
    op.execute("ALTER TYPE mood ADD VALUE 'fair' BEFORE 'worst'")


def downgrade() -> None:
    pass
