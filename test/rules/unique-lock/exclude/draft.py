"""A draft."""
from alembic import op
import sqlalchemy as sa

revision = "draft"
down_revision = None


def upgrade() -> None:
    op.create_exclude_constraint("place_floor_excl", "place", ("floor", "="), using="btree")


def downgrade() -> None:
    op.drop_constraint("place_floor_excl", "place")
