"""A draft."""
from alembic import op
import sqlalchemy as sa

revision = "draft"
down_revision = None


def upgrade() -> None:
    op.execute("ALTER TYPE mood RENAME VALUE 'SAD' TO 'BLUE'")


def downgrade() -> None:
    op.execute("ALTER TYPE mood RENAME VALUE 'BLUE' TO 'SAD'")
