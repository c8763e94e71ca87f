"""A draft."""
from alembic import op
import sqlalchemy as sa

revision = "draft"
down_revision = None


def upgrade() -> None:
    op.execute("CREATE TABLE visit (id integer PRIMARY KEY)")


def downgrade() -> None:
    op.drop_table("visit")
