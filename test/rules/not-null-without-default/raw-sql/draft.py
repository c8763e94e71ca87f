"""A draft."""
from alembic import op
import sqlalchemy as sa

revision = "draft"
down_revision = None


def upgrade() -> None:
    op.execute("ALTER TABLE place ADD COLUMN status text NOT NULL")


def downgrade() -> None:
    op.drop_column("place", "status")
