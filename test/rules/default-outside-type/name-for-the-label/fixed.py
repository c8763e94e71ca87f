"""A draft."""
from alembic import op
import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

revision = "draft"
down_revision = None


def upgrade() -> None:
    op.add_column(
        "place",
        sa.Column("state", postgresql.ENUM("new", "in_review", name="place_status", create_type=False), server_default="new", nullable=False),
    )


def downgrade() -> None:
    op.drop_column("place", "state")
