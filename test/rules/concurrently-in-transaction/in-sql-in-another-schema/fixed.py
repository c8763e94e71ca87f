"""A draft."""
from alembic import op
import sqlalchemy as sa

revision = "draft"
down_revision = None


def upgrade() -> None:
    with op.get_context().autocommit_block():
        op.execute("""
        CREATE INDEX CONCURRENTLY ix_place_name
        ON shop.place (name)
    """)


def downgrade() -> None:
    op.execute("DROP INDEX shop.ix_place_name")
