"""A draft."""
from alembic import op
import sqlalchemy as sa

revision = "draft"
down_revision = None


def upgrade() -> None:
    op.drop_constraint("place_pkey", "place", type_="primary")
    op.create_primary_key("place_pkey", "place", ["id", "town_id"])


def downgrade() -> None:
    op.drop_constraint("place_pkey", "place", type_="primary")
    op.create_primary_key("place_pkey", "place", ["id"])
