"""A draft."""
from alembic import op
import sqlalchemy as sa

revision = "draft"
down_revision = None


def upgrade() -> None:
    op.execute("CREATE TYPE mood AS ENUM ('good', 'bad')")
    op.create_table("day", sa.Column("id", sa.Integer(), primary_key=True))


def downgrade() -> None:
    op.drop_table("day")
