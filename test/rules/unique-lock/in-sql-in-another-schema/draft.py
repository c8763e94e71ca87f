"""A draft."""
from alembic import op
import sqlalchemy as sa

revision = "draft"
down_revision = None


def upgrade() -> None:
    op.execute("ALTER TABLE shop.place ADD CONSTRAINT place_floor_key UNIQUE (floor, name)")


def downgrade() -> None:
    op.execute("ALTER TABLE shop.place DROP CONSTRAINT place_floor_key")
