"""A draft."""
from alembic import op
import sqlalchemy as sa

revision = "draft"
down_revision = None


def upgrade() -> None:
    op.create_table("visit", sa.Column("id", sa.Integer(), primary_key=True), sa.Column("place", sa.Integer()))
    op.alter_column("visit", "place", new_column_name="place_id")
    op.add_column("place", sa.Column("note", sa.Text()))
    op.alter_column("place", "note", new_column_name="remark")


def downgrade() -> None:
    op.drop_column("place", "remark")
    op.drop_table("visit")
