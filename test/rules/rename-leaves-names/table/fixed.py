"""A draft."""
from alembic import op
import sqlalchemy as sa

revision = "draft"
down_revision = None


def upgrade() -> None:
    op.rename_table("place", "venue")
    op.execute("ALTER INDEX ix_place_city_id RENAME TO ix_venue_city_id")
    op.execute("ALTER TABLE venue RENAME CONSTRAINT place_pkey TO venue_pkey")
    op.execute("ALTER TABLE venue RENAME CONSTRAINT place_name_key TO venue_name_key")


def downgrade() -> None:
    op.rename_table("venue", "place")
    op.execute("ALTER TABLE place RENAME CONSTRAINT venue_name_key TO place_name_key")
    op.execute("ALTER TABLE place RENAME CONSTRAINT venue_pkey TO place_pkey")
    op.execute("ALTER INDEX ix_venue_city_id RENAME TO ix_place_city_id")
