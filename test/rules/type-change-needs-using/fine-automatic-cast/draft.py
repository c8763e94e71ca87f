"""A draft."""
from alembic import op
import sqlalchemy as sa

revision = "draft"
down_revision = None


def upgrade() -> None:
    op.alter_column("place", "floor", existing_type=sa.Integer(), type_=sa.BigInteger())
    op.alter_column("place", "opened", existing_type=sa.Date(), type_=sa.DateTime())


def downgrade() -> None:
    op.alter_column("place", "opened", existing_type=sa.DateTime(), type_=sa.Date())
    op.alter_column("place", "floor", existing_type=sa.BigInteger(), type_=sa.Integer())
