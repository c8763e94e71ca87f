"""A draft."""
from alembic import op
import sqlalchemy as sa

revision = "draft"
down_revision = None


def upgrade() -> None:
    op.add_column("place", sa.Column("created_at", sa.DateTime(timezone=True), server_default="now()", nullable=False))


def downgrade() -> None:
    op.drop_column("place", "created_at")
