"""A draft."""
from alembic import op
import sqlalchemy as sa

revision = "draft"
down_revision = None


def upgrade() -> None:
    op.create_foreign_key(
        op.f("place_city_id_fkey"),
        "place",
        "city",
        ["city_id"],
        ["id"],
        source_schema="shop",
        referent_schema="shop",
        postgresql_not_valid=True,
    )


def downgrade() -> None:
    op.execute("ALTER TABLE shop.place DROP CONSTRAINT place_city_id_fkey")
