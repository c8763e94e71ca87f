"""A draft."""
from alembic import op
import sqlalchemy as sa

revision = "draft"
down_revision = None


def upgrade() -> None:
    op.execute("CREATE TABLE venue (id integer PRIMARY KEY, title text NOT NULL, phone text, rating integer)")
    op.execute("INSERT INTO venue (id, title, phone, rating) SELECT id, title, phone, rating FROM place")
    op.drop_table("place")


def downgrade() -> None:
    op.execute("CREATE TABLE place (id integer PRIMARY KEY, title text NOT NULL, phone text, rating integer)")
    op.execute("CREATE INDEX ix_place_title ON place (title)")
    op.execute("INSERT INTO place (id, title, phone, rating) SELECT id, title, phone, rating FROM venue")
    op.execute("DROP TABLE venue")
