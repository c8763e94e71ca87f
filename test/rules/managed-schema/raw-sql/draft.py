"""A draft."""
from alembic import op
import sqlalchemy as sa

revision = "draft"
down_revision = None


def upgrade() -> None:
    op.execute("CREATE INDEX ON auth.users (email)")


def downgrade() -> None:
    op.execute("DROP INDEX auth.users_email_idx")
