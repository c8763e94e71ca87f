"""A draft."""
from alembic import op
import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

revision = "draft"
down_revision = None


def upgrade() -> None:
    sa.Enum("NEW", "QUEUED", name="place_status").create(op.get_bind(), checkfirst=True)
    op.alter_column("place", "status", server_default=None)
    op.alter_column(
        "place",
        "status",
        existing_type=sa.String(length=20),
        type_=postgresql.ENUM("NEW", "QUEUED", name="place_status", create_type=False),
        postgresql_using="status::place_status",
    )
    op.alter_column("place", "status", server_default="NEW")


def downgrade() -> None:
    op.alter_column("place", "status", server_default=None)
    op.alter_column("place", "status", type_=sa.String(length=20))
    op.alter_column("place", "status", server_default="NEW")
    sa.Enum(name="place_status").drop(op.get_bind(), checkfirst=True)
