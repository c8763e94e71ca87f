"""A draft."""
from alembic import op
import sqlalchemy as sa

revision = "draft"
down_revision = None


def upgrade() -> None:
    op.create_foreign_key("place_city_id_fkey", "place", "city", ["city_id"], ["id"], postgresql_not_valid=True)


def downgrade() -> None:
    op.drop_constraint("place_city_id_fkey", "place", type_="foreignkey")
