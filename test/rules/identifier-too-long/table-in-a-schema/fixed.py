"""A draft."""
from alembic import op
import sqlalchemy as sa

revision = "draft"
down_revision = None


def upgrade() -> None:
    op.create_table("the_number_of_visitors_that_came_to_this_place_since_th_4747", sa.Column("id", sa.Integer(), primary_key=True), schema="shop")


def downgrade() -> None:
    op.drop_table("the_number_of_visitors_that_came_to_this_place_since_th_4747", schema="shop")
