"""A draft."""
from alembic import op
import sqlalchemy as sa

revision = "draft"
down_revision = None


def upgrade() -> None:
    status = sa.Enum("NEW", "QUEUED", name="place_status")
    op.create_table("place", sa.Column("id", sa.Integer(), primary_key=True), sa.Column("status", status))
    op.create_table("visit", sa.Column("id", sa.Integer(), primary_key=True), sa.Column("status", status))


def downgrade() -> None:
    op.drop_table("visit")
    op.drop_table("place")
    sa.Enum(name="place_status").drop(op.get_bind())
