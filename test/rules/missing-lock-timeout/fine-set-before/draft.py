"""A draft."""
from alembic import op
import sqlalchemy as sa

revision = "draft"
down_revision = None


def upgrade() -> None:
    op.execute("SET lock_timeout TO '3s'")
    op.add_column("place", sa.Column("level", sa.Integer()))


def downgrade() -> None:
    op.drop_column("place", "level")
