"""A draft."""
from alembic import op
import sqlalchemy as sa

revision = "draft"
down_revision = None


def upgrade() -> None:
    op.execute("CREATE TYPE place_status AS ENUM ('NEW', 'QUEUED')")
    op.add_column("place", sa.Column("status", sa.Enum("NEW", "QUEUED", name="place_status")))


def downgrade() -> None:
    op.drop_column("place", "status")
    op.execute("DROP TYPE place_status")
