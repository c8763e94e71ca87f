"""A draft."""
from alembic import op
import sqlalchemy as sa

revision = "draft"
down_revision = None


def upgrade() -> None:
    from sqlalchemy.dialects import postgresql
    op.add_column("place", sa.Column("data", postgresql.JSONB()))


def downgrade() -> None:
    op.drop_column("place", "data")
