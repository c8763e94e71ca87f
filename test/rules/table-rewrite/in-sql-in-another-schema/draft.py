"""A draft."""
from alembic import op
import sqlalchemy as sa

revision = "draft"
down_revision = None


def upgrade() -> None:
    op.execute("ALTER TABLE shop.place ADD COLUMN twice integer GENERATED ALWAYS AS (floor * 2) STORED")


def downgrade() -> None:
    op.execute("ALTER TABLE shop.place DROP COLUMN twice")
