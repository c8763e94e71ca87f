"""A draft."""
from alembic import op
import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

revision = "draft"
down_revision = None


def upgrade() -> None:
    op.add_column("place", sa.Column("status", postgresql.ENUM("QUEUED", "NEW", name="place_status", create_type=False)))


def downgrade() -> None:
    op.drop_column("place", "status")
