"""A draft."""
from alembic import op
import sqlalchemy as sa

revision = "draft"
down_revision = None


def upgrade() -> None:
    op.execute("CREATE TYPE mood AS ENUM ('sad')")
    op.execute("ALTER TYPE mood ADD VALUE 'glad'")
    op.execute("ALTER TABLE place ADD COLUMN mood mood DEFAULT 'glad'")


def downgrade() -> None:
    op.execute("ALTER TABLE place DROP COLUMN mood")
    op.execute("DROP TYPE mood")
