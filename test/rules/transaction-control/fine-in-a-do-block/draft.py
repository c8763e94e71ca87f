"""A draft."""
from alembic import op
import sqlalchemy as sa

revision = "draft"
down_revision = None


def upgrade() -> None:
    op.execute("DO $$ BEGIN UPDATE place SET name = 'Bar' WHERE false; END $$")


def downgrade() -> None:
    pass
