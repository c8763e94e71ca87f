"""A draft."""
from alembic import op
import sqlalchemy as sa

revision = "draft"
down_revision = None


def upgrade() -> None:
    op.add_column("place", sa.Column("level", sa.Integer()))
    # Floors count from one.
    op.execute("UPDATE place SET level = floor + 1")


def downgrade() -> None:
    op.drop_column("place", "level")
