"""A draft."""
from alembic import op
import sqlalchemy as sa

revision = "draft"
down_revision = None


def upgrade() -> None:
    op.add_column("place", sa.Column("town_id", sa.BigInteger(), sa.ForeignKey("town.id"), nullable=True, index=True))


def downgrade() -> None:
    op.drop_column("place", "town_id")
