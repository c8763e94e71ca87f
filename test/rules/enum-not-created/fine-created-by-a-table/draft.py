"""A draft."""
from alembic import op
import sqlalchemy as sa

revision = "draft"
down_revision = None


def upgrade() -> None:
    op.create_table("visit", sa.Column("id", sa.Integer(), primary_key=True), sa.Column("status", sa.Enum("NEW", "QUEUED", name="place_status")))
    op.add_column("place", sa.Column("status", sa.Enum("NEW", "QUEUED", name="place_status")))


def downgrade() -> None:
    op.drop_column("place", "status")
    op.drop_table("visit")
    op.execute("DROP TYPE place_status")
