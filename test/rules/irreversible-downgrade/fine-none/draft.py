"""A draft without a way back: Alembic fails at it, as at one that raises."""
from alembic import op
import sqlalchemy as sa

revision = "draft"
down_revision = None


def upgrade() -> None:
    op.add_column("place", sa.Column("seen", sa.Date(), nullable=True))
