"""A draft."""
from alembic import op
import sqlalchemy as sa

revision = "draft"
down_revision = None


def upgrade() -> None:
    op.add_column("place", sa.Column("town_id", sa.BigInteger(), nullable=True))
    op.create_foreign_key(
        op.f("place_town_id_fkey"), "place", "town", ["town_id"], ["id"]
    )
    with op.get_context().autocommit_block():
        op.drop_index(
            op.f("ix_place_town_id"),
            table_name="place",
            postgresql_concurrently=True,
            if_exists=True,
        )
        op.create_index(
            op.f("ix_place_town_id"),
            "place",
            ["town_id"],
            unique=False,
            postgresql_concurrently=True,
            if_not_exists=True,
        )


def downgrade() -> None:
    op.drop_column("place", "town_id")
