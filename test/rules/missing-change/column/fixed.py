"""A draft."""
from alembic import op
import sqlalchemy as sa

revision = "draft"
down_revision = None


def upgrade() -> None:
    op.create_index("ix_place_kind", "place", ["kind"])
    op.add_column("place", sa.Column("note", sa.Text(), nullable=True))


def downgrade() -> None:
    op.drop_column("place", "note")
    op.drop_index("ix_place_kind", table_name="place")
