"""A draft."""
from alembic import op
import sqlalchemy as sa

revision = "draft"
down_revision = None


def upgrade() -> None:
    op.alter_column("place", "city_id", new_column_name="town_id")
    op.create_foreign_key(
        op.f("place_town_id_fkey"),
        "place",
        "city",
        ["town_id"],
        ["id"],
        postgresql_not_valid=True,
    )


def downgrade() -> None:
    op.drop_constraint("place_town_id_fkey", "place", type_="foreignkey")
    op.alter_column("place", "town_id", new_column_name="city_id")
