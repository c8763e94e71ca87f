"""A draft."""
from alembic import op
import sqlalchemy as sa

revision = "draft"
down_revision = None


def upgrade() -> None:
    op.execute("ALTER TABLE shop.place ALTER COLUMN floor SET NOT NULL")


def downgrade() -> None:
    op.execute("ALTER TABLE shop.place ALTER COLUMN floor DROP NOT NULL")
