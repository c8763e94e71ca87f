"""A draft."""
from alembic import op
import sqlalchemy as sa

revision = "draft"
down_revision = None


def upgrade() -> None:
    op.alter_column("place", "name", type_=sa.Text(), existing_type=sa.Text(), existing_nullable=False)


def downgrade() -> None:
    op.alter_column("place", "name", type_=sa.Text(), existing_type=sa.CLOB(), existing_nullable=False)
