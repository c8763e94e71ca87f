"""A draft."""
from alembic import op
import sqlalchemy as sa

revision = "draft"
down_revision = None


def upgrade() -> None:
    op.add_column("place", sa.Column("notes", sa.Text(), nullable=True))


def downgrade() -> None:
    op.drop_column("place", "notes")
