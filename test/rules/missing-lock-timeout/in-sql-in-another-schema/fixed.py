"""A draft."""
from alembic import op
import sqlalchemy as sa

revision = "draft"
down_revision = None


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.execute("ALTER TABLE shop.place ADD COLUMN level integer")


def downgrade() -> None:
    op.execute("ALTER TABLE shop.place DROP COLUMN level")
