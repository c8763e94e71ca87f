"""A draft whose default stands where it is not read."""
from alembic import op
from string import digits
import sqlalchemy as sa

revision = "draft"
down_revision = None


def upgrade() -> None:
    op.add_column("place", sa.Column("status", sa.String(length=20), nullable=False, server_default=digits))


def downgrade() -> None:
    op.drop_column("place", "status")
