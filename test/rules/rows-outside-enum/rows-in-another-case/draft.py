"""A draft."""
from alembic import op
import sqlalchemy as sa

revision = "draft"
down_revision = None


def upgrade() -> None:
    op.execute("ALTER TABLE place ALTER COLUMN status TYPE place_status USING status::place_status")


def downgrade() -> None:
    op.execute("ALTER TABLE place ALTER COLUMN status TYPE text")
