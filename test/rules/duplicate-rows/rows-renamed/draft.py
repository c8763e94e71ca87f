"""A draft."""
from alembic import op
import sqlalchemy as sa

revision = "draft"
down_revision = None


def upgrade() -> None:
    op.alter_column("place", "kind", new_column_name="sort")
    op.create_index("ix_place_sort", "place", ["sort"], unique=True)


def downgrade() -> None:
    op.drop_index("ix_place_sort", table_name="place")
    op.alter_column("place", "sort", new_column_name="kind")
