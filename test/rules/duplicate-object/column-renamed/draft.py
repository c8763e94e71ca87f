"""A draft."""
from alembic import op
import sqlalchemy as sa

revision = "draft"
down_revision = None


def upgrade() -> None:
    op.add_column("place", sa.Column("title", sa.Text(), nullable=True))
    op.alter_column("place", "name", new_column_name="title")


def downgrade() -> None:
    op.alter_column("place", "title", new_column_name="name")
