"""A draft."""
from alembic import op
import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

revision = "draft"
down_revision = None


def upgrade() -> None:
    sa.Enum("NEW", "QUEUED", name="place_state").create(op.get_bind())
    op.alter_column("place", "status", server_default=None)
    op.alter_column(
        "place",
        "status",
        type_=postgresql.ENUM("NEW", "QUEUED", name="place_state", create_type=False),
        postgresql_using="(CASE status::text WHEN 'GONE' THEN 'QUEUED' ELSE status::text END)::place_state",
    )


def downgrade() -> None:
    op.alter_column("place", "status", type_=postgresql.ENUM(name="place_status", create_type=False), postgresql_using="status::text::place_status")
    op.alter_column("place", "status", server_default="GONE")
    sa.Enum(name="place_state").drop(op.get_bind())
