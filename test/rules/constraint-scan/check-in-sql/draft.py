"""A draft."""
from alembic import op
import sqlalchemy as sa

revision = "draft"
down_revision = None


def upgrade() -> None:
    op.execute("ALTER TABLE shop.place ADD CONSTRAINT floor_known CHECK (floor > 0)")


def downgrade() -> None:
    op.execute("ALTER TABLE shop.place DROP CONSTRAINT floor_known")
