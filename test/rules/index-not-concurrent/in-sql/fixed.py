"""A draft."""
from alembic import op
import sqlalchemy as sa

revision = "draft"
down_revision = None


def upgrade() -> None:
    with op.get_context().autocommit_block():
        op.drop_index(
            op.f("ix_place_lower"),
            table_name="place",
            postgresql_concurrently=True,
            if_exists=True,
        )
        op.create_index(
            op.f("ix_place_lower"),
            "place",
            [sa.text("lower(name)")],
            unique=False,
            postgresql_where=sa.text("floor > 1"),
            postgresql_concurrently=True,
            if_not_exists=True,
        )


def downgrade() -> None:
    with op.get_context().autocommit_block():
        op.drop_index(
            op.f("ix_place_lower"), postgresql_concurrently=True, if_exists=True
        )
