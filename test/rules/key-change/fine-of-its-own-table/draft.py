"""A draft."""
from alembic import op
import sqlalchemy as sa

revision = "draft"
down_revision = None


def upgrade() -> None:
    op.create_table("visit", sa.Column("id", sa.Integer(), primary_key=True), sa.Column("place_id", sa.Integer()))
    op.create_foreign_key("visit_place_id_fkey", "visit", "place", ["place_id"], ["id"])


def downgrade() -> None:
    op.drop_table("visit")
