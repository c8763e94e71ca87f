"""A draft."""
from alembic import op
import sqlalchemy as sa

revision = "draft"
down_revision = None


def upgrade() -> None:
    op.execute("""
    BEGIN;
    ALTER TABLE place ADD COLUMN code text;
    COMMIT;
    """)


def downgrade() -> None:
    op.drop_column("place", "code")
