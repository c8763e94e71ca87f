"""A draft."""
from alembic import op

revision = "draft"
down_revision = None


def upgrade() -> None:
    op.rename_table("visit", "stay")
    op.alter_column("place", "name", new_column_name="title")
    op.alter_column("place", "city_id", new_column_name="town_id")


def downgrade() -> None:
    op.alter_column("place", "town_id", new_column_name="city_id")
    op.alter_column("place", "title", new_column_name="name")
    op.rename_table("stay", "visit")
