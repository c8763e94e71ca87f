"""A draft."""
from alembic import op
import sqlalchemy as sa

revision = "draft"
down_revision = None


def upgrade() -> None:
    with op.get_context().autocommit_block():
        op.execute("ALTER TABLE place DROP CONSTRAINT IF EXISTS place_name_key")
        op.drop_index(
            op.f("place_name_key"),
            table_name="place",
            postgresql_concurrently=True,
            if_exists=True,
        )
        op.create_index(
            op.f("place_name_key"),
            "place",
            ["name"],
            unique=True,
            postgresql_concurrently=True,
            if_not_exists=True,
        )
        op.execute(
            "ALTER TABLE place ADD CONSTRAINT place_name_key UNIQUE USING INDEX place_name_key"
        )


def downgrade() -> None:
    op.drop_constraint("place_name_key", "place", type_="unique")
