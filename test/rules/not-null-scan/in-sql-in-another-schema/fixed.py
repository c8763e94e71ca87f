"""A draft."""
from alembic import op
import sqlalchemy as sa

revision = "draft"
down_revision = None


def upgrade() -> None:
    with op.get_context().autocommit_block():
        op.execute(
            "ALTER TABLE shop.place DROP CONSTRAINT IF EXISTS place_floor_is_not_null"
        )
        op.create_check_constraint(
            op.f("place_floor_is_not_null"),
            "place",
            sa.text("floor IS NOT NULL"),
            schema="shop",
            postgresql_not_valid=True,
        )
        op.execute("ALTER TABLE shop.place VALIDATE CONSTRAINT place_floor_is_not_null")
        op.alter_column("place", "floor", nullable=False, schema="shop")
        op.drop_constraint(
            op.f("place_floor_is_not_null"), "place", schema="shop", type_="check"
        )


def downgrade() -> None:
    op.execute("ALTER TABLE shop.place ALTER COLUMN floor DROP NOT NULL")
