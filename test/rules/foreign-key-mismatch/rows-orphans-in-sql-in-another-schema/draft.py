"""A draft."""
from alembic import op
import sqlalchemy as sa

revision = "draft"
down_revision = None


def upgrade() -> None:
    op.execute("ALTER TABLE shop.place ADD CONSTRAINT place_city_id_fkey FOREIGN KEY (city_id) REFERENCES shop.city (id)")


def downgrade() -> None:
    op.execute("ALTER TABLE shop.place DROP CONSTRAINT place_city_id_fkey")
