"""A draft."""
from alembic import op
import sqlalchemy as sa

revision = "draft"
down_revision = None


def upgrade() -> None:
    op.execute("UPDATE place SET floor = floor")
    op.add_column("place", sa.Column("level", sa.Integer()))


def downgrade() -> None:
    op.drop_column("place", "level")
