"""A draft."""
from alembic import op
import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

revision = "draft"
down_revision = None


def upgrade() -> None:
    op.add_column("place", sa.Column("status", postgresql.ENUM("NEW", "QUEUED", "DONE", name="place_status", create_type=False)))
    op.execute("ALTER TYPE place_status ADD VALUE IF NOT EXISTS 'DONE'")


def downgrade() -> None:
    op.drop_column("place", "status")
