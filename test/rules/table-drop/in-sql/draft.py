"""A draft."""
from alembic import op
import sqlalchemy as sa

revision = "draft"
down_revision = None


def upgrade() -> None:
    op.execute("DROP TABLE shop.place")


def downgrade() -> None:
    op.execute("CREATE TABLE shop.place (id integer PRIMARY KEY, name text NOT NULL)")
    op.execute("CREATE INDEX ix_place_name ON shop.place (name)")
