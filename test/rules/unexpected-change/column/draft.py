"""A draft."""
from alembic import op
import sqlalchemy as sa

revision = "draft"
down_revision = None


def upgrade() -> None:
    op.add_column("place", sa.Column("note", sa.Text(), nullable=True))
    op.add_column("place", sa.Column("extra", sa.Text(), nullable=True))


def downgrade() -> None:
    op.drop_column("place", "extra")
    op.drop_column("place", "note")
