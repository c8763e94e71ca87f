"""A draft."""
from alembic import op
import sqlalchemy as sa

revision = "draft"
down_revision = None


def upgrade() -> None:
    op.execute("ALTER TABLE place ALTER COLUMN kind SET NOT NULL")


def downgrade() -> None:
    pass
