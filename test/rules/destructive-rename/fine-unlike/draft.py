"""A draft."""
from alembic import op
import sqlalchemy as sa

revision = "draft"
down_revision = None


def upgrade() -> None:
    op.add_column("place", sa.Column("opened_on", sa.Date(), nullable=True))
    op.drop_column("place", "business_name")


def downgrade() -> None:
    op.add_column("place", sa.Column("business_name", sa.String(length=200), nullable=True))
    op.drop_column("place", "opened_on")
