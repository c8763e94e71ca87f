"""A draft."""
from alembic import op
import sqlalchemy as sa

revision = "draft"
down_revision = None


def upgrade() -> None:
    op.add_column("place", sa.Column("note", sa.Text()))
    op.create_index("ix_place_note", "place", ["note"])


def downgrade() -> None:
    op.drop_index("ix_place_note")
    op.drop_column("place", "note")
