"""A draft."""
from alembic import op
import sqlalchemy as sa

revision = "draft"
down_revision = None


def upgrade() -> None:
    op.execute("CREATE INDEX ix_place_lower ON place (lower(name)) WHERE floor > 1")


def downgrade() -> None:
    op.execute("DROP INDEX ix_place_lower")
