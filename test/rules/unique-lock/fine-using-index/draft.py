"""A draft."""
from alembic import op
import sqlalchemy as sa

revision = "draft"
down_revision = None


def upgrade() -> None:
    op.execute("ALTER TABLE place ADD CONSTRAINT place_name_key UNIQUE USING INDEX place_name_idx")


def downgrade() -> None:
    op.execute("ALTER TABLE place DROP CONSTRAINT place_name_key")
    op.execute("CREATE UNIQUE INDEX place_name_idx ON place (name)")
