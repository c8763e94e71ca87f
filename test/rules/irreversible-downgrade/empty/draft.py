"""A draft."""
from alembic import op
import sqlalchemy as sa

revision = "draft"
down_revision = None


def upgrade() -> None:
    op.add_column("place", sa.Column("note", sa.Text(), nullable=True))
    op.create_index("ix_place_note", "place", ["note"])


def downgrade() -> None:
    pass
