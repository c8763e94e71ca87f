"""A draft."""
from alembic import op
import sqlalchemy as sa

revision = "draft"
down_revision = None


def upgrade() -> None:
    op.execute("DROP POLICY owners ON place")
    op.alter_column("place", "owner", existing_type=sa.Integer(), type_=sa.BigInteger())
    op.execute("CREATE POLICY owners ON place USING (owner = 1)")


def downgrade() -> None:
    op.execute("DROP POLICY owners ON place")
    op.alter_column("place", "owner", type_=sa.Integer())
    op.execute("CREATE POLICY owners ON place USING (owner = 1)")
