"""A draft."""
from alembic import op
import sqlalchemy as sa

revision = "draft"
down_revision = None


def upgrade() -> None:
    op.create_table("place", sa.Column("id", sa.Integer(), primary_key=True), sa.Column("status", sa.Enum("NEW", "QUEUED", name="place_status")))


def downgrade() -> None:
    op.drop_table("place")
    op.execute("DROP TYPE IF EXISTS place_status")
