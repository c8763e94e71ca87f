"""A draft."""
from alembic import op
import sqlalchemy as sa

revision = "draft"
down_revision = None


def upgrade() -> None:
    op.execute(sa.text("ALTER TABLE place ADD COLUM note text"))


def downgrade() -> None:
    op.drop_column("place", "note")
