"""A draft."""
from alembic import op
import sqlalchemy as sa

revision = "draft"
down_revision = None


def upgrade() -> None:
    op.rename_table("place", "venue")
    op.execute("ALTER TABLE venue RENAME CONSTRAINT place_pkey TO venue_pkey")
    op.execute("ALTER INDEX ix_place_title RENAME TO ix_venue_title")


def downgrade() -> None:
    op.execute("ALTER INDEX ix_venue_title RENAME TO ix_place_title")
    op.execute("ALTER TABLE venue RENAME CONSTRAINT venue_pkey TO place_pkey")
    op.rename_table("venue", "place")
