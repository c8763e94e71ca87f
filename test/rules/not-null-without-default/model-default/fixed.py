"""A draft."""
from alembic import op
import sqlalchemy as sa

revision = "draft"
down_revision = None


def upgrade() -> None:
    op.add_column(
        "place",
        sa.Column("status", sa.String(length=20), server_default="new", nullable=False),
    )
    op.alter_column("place", "status", server_default=None)


def downgrade() -> None:
    op.drop_column("place", "status")
