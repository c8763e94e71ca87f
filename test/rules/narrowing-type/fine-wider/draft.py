"""A draft."""
from alembic import op
import sqlalchemy as sa

revision = "draft"
down_revision = None


def upgrade() -> None:
    op.alter_column("place", "name", type_=sa.Text())
    op.alter_column("place", "price", type_=sa.Numeric(12, 2))


def downgrade() -> None:
    op.alter_column("place", "price", type_=sa.Numeric(10, 2))
    op.alter_column("place", "name", type_=sa.String(length=200))
