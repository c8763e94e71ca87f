"""A draft."""
from alembic import op
import sqlalchemy as sa

revision = "draft"
down_revision = None


def upgrade() -> None:
    with op.get_context().autocommit_block():
        op.execute("ALTER TABLE shop.place DROP CONSTRAINT IF EXISTS floor_known")
        op.create_check_constraint(
            op.f("floor_known"),
            "place",
            sa.text("floor > 0"),
            schema="shop",
            postgresql_not_valid=True,
        )
        op.execute("ALTER TABLE shop.place VALIDATE CONSTRAINT floor_known")


def downgrade() -> None:
    op.execute("ALTER TABLE shop.place DROP CONSTRAINT floor_known")
