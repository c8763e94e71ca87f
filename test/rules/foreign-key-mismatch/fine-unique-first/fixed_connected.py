"""A draft."""
from alembic import op
import sqlalchemy as sa

revision = "draft"
down_revision = None


def upgrade() -> None:
    op.create_unique_constraint("city_name_key", "city", ["name"])
    op.execute("DELETE FROM place WHERE id = 2")
    op.create_foreign_key(
        op.f("place_fk"),
        "place",
        "city",
        ["city_name"],
        ["name"],
        postgresql_not_valid=True,
    )


def downgrade() -> None:
    op.drop_constraint("place_fk", "place", type_="foreignkey")
    op.drop_constraint("city_name_key", "city", type_="unique")
