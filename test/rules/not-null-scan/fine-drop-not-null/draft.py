"""A draft."""
from alembic import op
import sqlalchemy as sa

revision = "draft"
down_revision = None


def upgrade() -> None:
    op.alter_column("customer", "id", comment="Its number")


def downgrade() -> None:
    op.alter_column("customer", "id", comment=None)
