"""A draft."""
from alembic import op
import sqlalchemy as sa

revision = "draft"
down_revision = None


def upgrade() -> None:
    op.drop_constraint("place_name_check", "place", type_="check")
    op.drop_table("place")


def downgrade() -> None:
    op.create_table("place", sa.Column("id", sa.Integer(), nullable=False), sa.Column("town_id", sa.Integer(), nullable=False), sa.Column("name", sa.Text()), sa.PrimaryKeyConstraint("id", name="place_pkey"), sa.CheckConstraint("length(name) < 80", name="place_name_check"))
