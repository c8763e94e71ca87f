"""A draft."""
from alembic import op
import sqlalchemy as sa

revision = "draft"
down_revision = None


def upgrade() -> None:
    op.execute("TRUNCATE tmp_import")
    op.create_table("visit", sa.Column("id", sa.BigInteger(), primary_key=True))
    op.execute("INSERT INTO visit SELECT id FROM place")
    op.execute("DELETE FROM visit")
    op.add_column("place", sa.Column("floor", sa.Integer()))
    op.execute("UPDATE place SET floor = 0")


def downgrade() -> None:
    op.drop_column("place", "floor")
    op.drop_table("visit")
