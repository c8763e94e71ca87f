"""A draft."""
from alembic import op
import sqlalchemy as sa

revision = "draft"
down_revision = None


def upgrade() -> None:
    op.drop_column("place", "status")
    op.execute("DROP TYPE place_status")


def downgrade() -> None:
    sa.Enum("NEW", "QUEUED", name="place_status").create(op.get_bind(), checkfirst=True)
    op.add_column("place", sa.Column("status", sa.Enum("NEW", "QUEUED", name="place_status"), server_default="NEW"))
