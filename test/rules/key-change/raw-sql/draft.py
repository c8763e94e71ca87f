"""A draft."""
from alembic import op
import sqlalchemy as sa

revision = "draft"
down_revision = None


def upgrade() -> None:
    op.execute("ALTER TABLE place DROP CONSTRAINT place_name_check, ADD CONSTRAINT place_town_name_key UNIQUE (town_id, name)")


def downgrade() -> None:
    op.execute("ALTER TABLE place DROP CONSTRAINT place_town_name_key, ADD CONSTRAINT place_name_check CHECK (length(name) < 80)")
