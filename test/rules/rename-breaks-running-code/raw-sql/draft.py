"""A draft."""
from alembic import op
import sqlalchemy as sa

revision = "draft"
down_revision = None


def upgrade() -> None:
    op.execute("ALTER TABLE place RENAME COLUMN name TO title")


def downgrade() -> None:
    op.execute("ALTER TABLE place RENAME COLUMN title TO name")
