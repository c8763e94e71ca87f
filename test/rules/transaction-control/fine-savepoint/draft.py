"""A draft."""
from alembic import op
import sqlalchemy as sa

revision = "draft"
down_revision = None


def upgrade() -> None:
    op.execute("SAVEPOINT here")
    op.add_column("place", sa.Column("code", sa.Text()))
    op.execute("RELEASE SAVEPOINT here")


def downgrade() -> None:
    op.drop_column("place", "code")
