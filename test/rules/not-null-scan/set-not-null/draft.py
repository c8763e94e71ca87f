"""A draft."""
from alembic import op
import sqlalchemy as sa

revision = "draft"
down_revision = None


def upgrade() -> None:
    op.alter_column("place", "name", existing_type=sa.Text(), nullable=False)


def downgrade() -> None:
    op.alter_column("place", "name", existing_type=sa.Text(), nullable=True)
