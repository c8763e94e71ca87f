"""A draft."""
from alembic import op
import sqlalchemy as sa

revision = "draft"
down_revision = None


def upgrade() -> None:
    op.alter_column("place", "name", new_column_name="title")
    op.add_column("place", sa.Column("name", sa.Text(), sa.Computed("title", persisted=True)))


def downgrade() -> None:
    op.drop_column("place", "name")
    op.alter_column("place", "title", new_column_name="name")
