"""A draft."""
from alembic import op
import sqlalchemy as sa

revision = "draft"
down_revision = None


def upgrade() -> None:
    op.execute("DO $$ BEGIN PERFORM 1; END $$")


def downgrade() -> None:
    pass
