"""Places have a second city."""
from alembic import op
import sqlalchemy as sa

revision = "draft"
down_revision = None


def upgrade() -> None:
    op.add_column("place", sa.Column("other_id", sa.Integer(), nullable=True))
    op.create_foreign_key(op.f("place_other_id_fkey"), "place", "city", ["other_id"], ["id"])
    op.create_unique_constraint(op.f("place_name_city_id_key"), "place", ["name", "city_id"])


def downgrade() -> None:
    op.drop_constraint(op.f("place_name_city_id_key"), "place", type_="unique")
    op.drop_constraint(op.f("place_other_id_fkey"), "place", type_="foreignkey")  # the new one
    op.drop_column("place", "other_id")
