"""A draft."""
from alembic import op
import sqlalchemy as sa

revision = "draft"
down_revision = None


def upgrade() -> None:
    op.execute("ALTER TABLE place ADD COLUMN business_title varchar(200)")
    op.execute("ALTER TABLE place DROP COLUMN business_name")


def downgrade() -> None:
    op.execute("ALTER TABLE place ADD COLUMN business_name varchar(200)")
    op.execute("ALTER TABLE place DROP COLUMN business_title")
