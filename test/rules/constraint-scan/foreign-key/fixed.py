"""A draft."""
from alembic import op
import sqlalchemy as sa

revision = "draft"
down_revision = None


def upgrade() -> None:
    with op.get_context().autocommit_block():
        op.execute("ALTER TABLE place DROP CONSTRAINT IF EXISTS place_customer_fkey")
        op.create_foreign_key(
            op.f("place_customer_fkey"),
            "place",
            "customer",
            ["customer_id"],
            ["id"],
            postgresql_not_valid=True,
        )
        op.execute("ALTER TABLE place VALIDATE CONSTRAINT place_customer_fkey")


def downgrade() -> None:
    op.drop_constraint("place_customer_fkey", "place", type_="foreignkey")
