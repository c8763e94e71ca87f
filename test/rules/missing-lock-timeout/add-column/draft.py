"""A draft."""
from alembic import op
import sqlalchemy as sa

revision = "draft"
down_revision = None


def upgrade() -> None:
    # Later filled.
    op.add_column("place", sa.Column("level", sa.Integer()))
    op.add_column("place", sa.Column("door", sa.Integer()))


def downgrade() -> None:
    op.drop_column("place", "door")
    op.drop_column("place", "level")
