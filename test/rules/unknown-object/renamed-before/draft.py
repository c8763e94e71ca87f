"""A draft."""
from alembic import op
import sqlalchemy as sa

revision = "draft"
down_revision = None


def upgrade() -> None:
    op.alter_column("place", "name", new_column_name="title")
    op.create_index("ix_place_title", "place", ["name"])


def downgrade() -> None:
    op.drop_index("ix_place_title", table_name="place")
    op.alter_column("place", "title", new_column_name="name")
