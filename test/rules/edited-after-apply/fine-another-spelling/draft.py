"""A draft."""
from alembic import op
import sqlalchemy as sa

revision = "draft"
down_revision = None


def upgrade() -> None:
    op.execute("ALTER TABLE place ADD COLUMN note text")
    with op.batch_alter_table("place") as batch_op:
        batch_op.create_index("ix_place_note", ["note"])


def downgrade() -> None:
    op.drop_index("ix_place_note")
    op.drop_column("place", "note")
