"""A draft."""
from alembic import op
import sqlalchemy as sa

revision = "draft"
down_revision = None


def upgrade() -> None:
    with op.get_context().autocommit_block():
        op.drop_index(
            op.f("ix_place_name"),
            table_name="place",
            postgresql_concurrently=True,
            if_exists=True,
        )
        op.create_index(
            op.f("ix_place_name"),
            "place",
            ["name"],
            unique=False,
            postgresql_concurrently=True,
            if_not_exists=True,
        )


def downgrade() -> None:
    with op.get_context().autocommit_block():
        op.drop_index(
            op.f("ix_place_name"),
            table_name="place",
            postgresql_concurrently=True,
            if_exists=True,
        )
