"""A draft."""
from alembic import op
import sqlalchemy as sa

revision = "draft"
down_revision = None


def upgrade() -> None:
    op.execute("ALTER TABLE shop.place ALTER COLUMN is_open TYPE boolean")


def downgrade() -> None:
    op.execute("ALTER TABLE shop.place ALTER COLUMN is_open TYPE integer USING is_open::integer")
