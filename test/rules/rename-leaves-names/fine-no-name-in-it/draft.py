"""A draft."""
from alembic import op
import sqlalchemy as sa

revision = "draft"
down_revision = None


def upgrade() -> None:
    op.alter_column("place", "note", new_column_name="remark")


def downgrade() -> None:
    op.alter_column("place", "remark", new_column_name="note")
