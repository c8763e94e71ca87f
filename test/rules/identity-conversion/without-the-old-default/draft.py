"""A draft."""
from alembic import op
import sqlalchemy as sa

revision = "draft"
down_revision = None


def upgrade() -> None:
    op.alter_column("place", "id", existing_type=sa.Integer(), server_default=sa.Identity(always=True))


def downgrade() -> None:
    op.alter_column("place", "id", existing_type=sa.Integer(), server_default=None, existing_server_default=sa.Identity(always=True))
