"""A draft."""
from alembic import op
import sqlalchemy as sa

revision = "draft"
down_revision = None


def upgrade() -> None:
    op.add_column("place", sa.Column("code", sa.Text()))
    # Looked up by name.
    with op.get_context().autocommit_block():
        op.create_index(
            "ix_place_name",
            "place",
            ["name"],
            postgresql_concurrently=True,
        )  # large
        op.create_index("ix_place_code", "place", ["code"], postgresql_concurrently=True)


def downgrade() -> None:
    with op.get_context().autocommit_block():
        op.drop_index("ix_place_code", table_name="place", postgresql_concurrently=True)
        op.drop_index("ix_place_name", table_name="place", postgresql_concurrently=True)
    op.drop_column("place", "code")
