"""A draft."""
from alembic import op
import sqlalchemy as sa

revision = "draft"
down_revision = None


def upgrade() -> None:
    with op.get_context().autocommit_block():
        op.execute("ALTER TABLE shop.place DROP CONSTRAINT IF EXISTS place_floor_key")
        op.drop_index(
            op.f("place_floor_key"),
            table_name="place",
            schema="shop",
            postgresql_concurrently=True,
            if_exists=True,
        )
        op.create_index(
            op.f("place_floor_key"),
            "place",
            ["floor", "name"],
            unique=True,
            schema="shop",
            postgresql_concurrently=True,
            if_not_exists=True,
        )
        op.execute(
            "ALTER TABLE shop.place ADD CONSTRAINT place_floor_key UNIQUE USING INDEX place_floor_key"
        )


def downgrade() -> None:
    op.execute("ALTER TABLE shop.place DROP CONSTRAINT place_floor_key")
