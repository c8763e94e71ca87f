"""A draft."""
from alembic import op
import sqlalchemy as sa

revision = "draft"
down_revision = None


def upgrade() -> None:
    op.drop_column("city", "owner")


def downgrade() -> None:
    op.add_column("city", sa.Column("owner", sa.Text(), nullable=True))
    op.execute("UPDATE city SET owner = 'ada'")
