"""A draft."""
from alembic import op
import sqlalchemy as sa

revision = "draft"
down_revision = None


def upgrade() -> None:
    op.execute("CREATE TYPE place_status AS ENUM ('NEW', 'QUEUED')")
    with op.batch_alter_table("place") as batch_op:
        batch_op.add_column(sa.Column("status", sa.Enum("NEW", "QUEUED", name="place_status")))


def downgrade() -> None:
    with op.batch_alter_table("place") as batch_op:
        batch_op.drop_column("status")
