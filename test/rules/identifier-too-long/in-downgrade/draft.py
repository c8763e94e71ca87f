"""A draft."""
from alembic import op
import sqlalchemy as sa

revision = "draft"
down_revision = None


def upgrade() -> None:
    op.drop_column("place", "a")


def downgrade() -> None:
    op.add_column("place", sa.Column("a", sa.Integer()))
    op.create_unique_constraint("uq_the_number_of_visitors_that_came_to_this_place_since_the_day_it_opened", "place", ["a"])
