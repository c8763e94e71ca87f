"""A draft."""
from alembic import op
import sqlalchemy as sa

revision = "draft"
down_revision = None


def upgrade() -> None:
    op.add_column("place", sa.Column("note", sa.Text(), nullable=True))
    op.alter_column("place", "kind", server_default="x")
    op.alter_column("place", "kind", nullable=False)


def downgrade() -> None:
    op.alter_column("place", "kind", nullable=True)
    op.alter_column("place", "kind", server_default=None)
    op.drop_column("place", "note")
