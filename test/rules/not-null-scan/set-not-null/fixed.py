"""A draft."""
from alembic import op
import sqlalchemy as sa

revision = "draft"
down_revision = None


def upgrade() -> None:
    with op.get_context().autocommit_block():
        op.execute("ALTER TABLE place DROP CONSTRAINT IF EXISTS place_name_is_not_null")
        op.create_check_constraint(
            op.f("place_name_is_not_null"),
            "place",
            sa.text("name IS NOT NULL"),
            postgresql_not_valid=True,
        )
        op.execute("ALTER TABLE place VALIDATE CONSTRAINT place_name_is_not_null")
        op.alter_column("place", "name", existing_type=sa.Text(), nullable=False)
        op.drop_constraint(op.f("place_name_is_not_null"), "place", type_="check")


def downgrade() -> None:
    op.alter_column("place", "name", existing_type=sa.Text(), nullable=True)
