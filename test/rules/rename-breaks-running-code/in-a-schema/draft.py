"""A draft."""
from alembic import op
import sqlalchemy as sa

revision = "draft"
down_revision = None


def upgrade() -> None:
    op.alter_column("entry", "code", new_column_name="key", schema="audit")


def downgrade() -> None:
    op.alter_column("entry", "key", new_column_name="code", schema="audit")
