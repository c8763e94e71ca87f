"""A draft."""
from alembic import op
import sqlalchemy as sa

revision = "draft"
down_revision = None


def upgrade() -> None:
    op.drop_index("ix_place_name", table_name="place")
    op.drop_table("place")


def downgrade() -> None:
    op.create_table("place", sa.Column("id", sa.Integer(), nullable=False), sa.Column("name", sa.Text(), nullable=False), sa.PrimaryKeyConstraint("id"))
    op.create_index("ix_place_name", "place", ["name"])
