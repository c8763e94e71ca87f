"""A draft."""
from alembic import op
import sqlalchemy as sa

revision = "draft"
down_revision = None


def upgrade() -> None:
    op.execute("INSERT INTO spot SELECT id, name FROM place")
    op.drop_table("place")


def downgrade() -> None:
    op.create_table("place", sa.Column("id", sa.Integer(), nullable=False), sa.Column("name", sa.Text(), nullable=False), sa.PrimaryKeyConstraint("id"))
    op.execute("INSERT INTO place SELECT id, name FROM spot")
    op.execute("DELETE FROM spot")
    op.create_index("ix_place_name", "place", ["name"])
