"""A draft."""
from alembic import op
import sqlalchemy as sa

revision = "draft"
down_revision = None


def upgrade() -> None:
    op.execute("ALTER TABLE place ALTER floor TYPE integer USING floor::integer, ALTER floor DROP DEFAULT")


def downgrade() -> None:
    op.execute("ALTER TABLE place ALTER floor TYPE text, ALTER floor SET DEFAULT '0'")
