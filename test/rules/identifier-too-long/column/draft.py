"""A draft."""
from alembic import op
import sqlalchemy as sa

revision = "draft"
down_revision = None


def upgrade() -> None:
    op.add_column("place", sa.Column("the_number_of_visitors_that_came_to_this_place_since_the_day_it_opened", sa.Integer()))


def downgrade() -> None:
    op.drop_column("place", "the_number_of_visitors_that_came_to_this_place_since_the_day_it_opened")
