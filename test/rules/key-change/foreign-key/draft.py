"""A draft."""
from alembic import op
import sqlalchemy as sa

revision = "draft"
down_revision = None


def upgrade() -> None:
    op.create_foreign_key("place_town_id_fkey", "place", "town", ["town_id"], ["id"], ondelete="CASCADE")


def downgrade() -> None:
    op.drop_constraint("place_town_id_fkey", "place", type_="foreignkey")
