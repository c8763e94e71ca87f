"""A draft."""
from alembic import op
import sqlalchemy as sa

revision = "draft"
down_revision = None


def upgrade() -> None:
    op.add_column("place", sa.Column("town_id", sa.BigInteger(), nullable=True))
    op.create_index(op.f("ix_place_town_id"), "place", ["town_id"], unique=False)
    with op.get_context().autocommit_block():
        op.execute("ALTER TABLE place DROP CONSTRAINT IF EXISTS place_town_id_fkey")
        op.create_foreign_key(
            op.f("place_town_id_fkey"),
            "place",
            "town",
            ["town_id"],
            ["id"],
            ondelete="SET NULL",
            postgresql_not_valid=True,
        )
        op.execute("ALTER TABLE place VALIDATE CONSTRAINT place_town_id_fkey")


def downgrade() -> None:
    op.drop_column("place", "town_id")
