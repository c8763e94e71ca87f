"""A draft."""
from alembic import op
import sqlalchemy as sa

revision = "draft"
down_revision = None


def upgrade() -> None:
    with op.get_context().autocommit_block():
        op.drop_index(
            op.f("place_floor_idx"),
            table_name="place",
            schema="shop",
            postgresql_concurrently=True,
            if_exists=True,
        )


def downgrade() -> None:
    with op.get_context().autocommit_block():
        op.drop_index(
            op.f("place_floor_idx"),
            table_name="place",
            schema="shop",
            postgresql_concurrently=True,
            if_exists=True,
        )
        op.create_index(
            op.f("place_floor_idx"),
            "place",
            ["floor"],
            unique=False,
            schema="shop",
            postgresql_concurrently=True,
            if_not_exists=True,
        )
