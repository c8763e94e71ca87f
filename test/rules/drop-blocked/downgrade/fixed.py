"""A draft."""
from alembic import op
import sqlalchemy as sa

revision = "draft"
down_revision = None


def upgrade() -> None:
    op.execute("SELECT 1")


def downgrade() -> None:
    op.drop_constraint(op.f("place_city_id_fkey"), "place", type_="foreignkey")
    op.drop_table("city")
