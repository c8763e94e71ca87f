"""A draft."""
from alembic import op
import sqlalchemy as sa

revision = "draft"
down_revision = None


def upgrade() -> None:
    op.create_foreign_key(
        op.f("place_fk"),
        "place",
        "city",
        ["city_id"],
        ["id"],
        postgresql_not_valid=True,
    )


def downgrade() -> None:
    op.drop_constraint("place_fk", "place", type_="foreignkey")
