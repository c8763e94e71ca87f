"""A draft."""
from alembic import op
import sqlalchemy as sa

revision = "draft"
down_revision = None


def upgrade() -> None:
    op.add_column("place", sa.Column("seen_at", sa.DATETIME(), nullable=True))


def downgrade() -> None:
    op.drop_column("place", "seen_at")
