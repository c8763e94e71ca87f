"""A draft."""
from alembic import op
import sqlalchemy as sa

revision = "draft"
down_revision = None


def upgrade() -> None:
    op.add_column("place", sa.Column("note", sa.Text(), nullable=True))
    op.drop_index("ix_place_name", table_name="place")


def downgrade() -> None:
    op.drop_column("place", "note")
