"""A draft."""
from alembic import op
import sqlalchemy as sa

revision = "draft"
down_revision = None


def upgrade() -> None:
    # floors are numbers
    op.alter_column("place", "floor", existing_type=sa.TEXT(), type_=sa.Integer(), existing_nullable=False)


def downgrade() -> None:
    op.alter_column("place", "floor", existing_type=sa.Integer(), type_=sa.TEXT(), existing_nullable=False)
