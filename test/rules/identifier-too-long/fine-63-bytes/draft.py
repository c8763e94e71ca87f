"""A draft."""
from alembic import op
import sqlalchemy as sa

revision = "draft"
down_revision = None


def upgrade() -> None:
    op.create_index("the_number_of_visitors_that_came_to_this_place_since_the_day_it", "place", ["floor"])


def downgrade() -> None:
    op.drop_index("the_number_of_visitors_that_came_to_this_place_since_the_day_it", table_name="place")
