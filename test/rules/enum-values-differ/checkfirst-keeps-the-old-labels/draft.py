"""A draft."""
from alembic import op
import sqlalchemy as sa

revision = "draft"
down_revision = None


def upgrade() -> None:
    sa.Enum("NEW", "QUEUED", "DONE", name="place_status").create(op.get_bind(), checkfirst=True)
    op.add_column("place", sa.Column("status", sa.Enum("NEW", "QUEUED", "DONE", name="place_status")))


def downgrade() -> None:
    op.drop_column("place", "status")
