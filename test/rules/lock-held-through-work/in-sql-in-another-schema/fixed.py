"""A draft."""
from alembic import op
import sqlalchemy as sa

revision = "draft"
down_revision = None


def upgrade() -> None:
    op.execute("""
        ALTER TABLE shop.place ADD COLUMN level integer
    """)
    with op.get_context().autocommit_block():
        op.execute("""
        UPDATE shop.place
        SET level = floor
    """)


def downgrade() -> None:
    op.execute("ALTER TABLE shop.place DROP COLUMN level")
