"""A draft."""
from alembic import op
import sqlalchemy as sa

revision = "draft"
down_revision = None


def upgrade() -> None:
    op.add_column(
        "place",
        sa.Column("town_id", sa.BigInteger(), nullable=True, comment="Where it is"),
    )
    with op.get_context().autocommit_block():
        op.execute("ALTER TABLE place DROP CONSTRAINT IF EXISTS place_town_id_key")
        op.drop_index(
            op.f("place_town_id_key"),
            table_name="place",
            postgresql_concurrently=True,
            if_exists=True,
        )
        op.create_index(
            op.f("place_town_id_key"),
            "place",
            ["town_id"],
            unique=True,
            postgresql_concurrently=True,
            if_not_exists=True,
        )
        op.execute(
            "ALTER TABLE place ADD CONSTRAINT place_town_id_key UNIQUE USING INDEX place_town_id_key"
        )


def downgrade() -> None:
    op.drop_column("place", "town_id")
