"""A draft."""
from alembic import op
import sqlalchemy as sa

revision = "draft"
down_revision = None


def upgrade() -> None:
    op.execute("ALTER TABLE tag ALTER COLUMN name TYPE varchar(20)")


def downgrade() -> None:
    op.execute("ALTER TABLE tag ALTER COLUMN name TYPE varchar(10)")
