"""A draft."""
from alembic import op
import sqlalchemy as sa

revision = "draft"
down_revision = None


def upgrade() -> None:
    op.add_column("place", sa.Column("created_at", sa.DateTime(), server_default=sa.func.now()))
    op.alter_column("place", "status", server_default=sa.text("now()"))


def downgrade() -> None:
    op.alter_column("place", "status", server_default=None)
    op.drop_column("place", "created_at")
