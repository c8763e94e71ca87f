"""A draft."""
from alembic import op
import sqlalchemy as sa

revision = "draft"
down_revision = None


def upgrade() -> None:
    op.alter_column("place", "town_id", new_column_name="city_id")
    op.execute("ALTER TABLE place RENAME CONSTRAINT place_pkey TO place_key")


def downgrade() -> None:
    op.execute("ALTER TABLE place RENAME CONSTRAINT place_key TO place_pkey")
    op.alter_column("place", "city_id", new_column_name="town_id")
