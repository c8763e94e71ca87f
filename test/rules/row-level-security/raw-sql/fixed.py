"""A draft."""
from alembic import op
import sqlalchemy as sa

revision = "draft"
down_revision = None


def upgrade() -> None:
    op.execute("CREATE TABLE visit (id integer PRIMARY KEY)")
    op.execute("ALTER TABLE visit ENABLE ROW LEVEL SECURITY")


def downgrade() -> None:
    op.drop_table("visit")
