"""A draft."""
from alembic import op
import sqlalchemy as sa

revision = "draft"
down_revision = None


def upgrade() -> None:
    op.create_index(op.f("ix_the_number_of_visitors_that_came_to_this_place_since_the_day_it_opened"), "place", ["floor"])


def downgrade() -> None:
    op.drop_index(op.f("ix_the_number_of_visitors_that_came_to_this_place_since_the_day_it_opened"), table_name="place")
