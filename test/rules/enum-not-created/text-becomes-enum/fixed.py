"""As Alembic writes a String that becomes an Enum."""
from alembic import op
import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

revision = "draft"
down_revision = None


def upgrade() -> None:
    sa.Enum("NEW", "QUEUED", name="place_status").create(op.get_bind(), checkfirst=True)
    op.drop_index(op.f("place_new"), table_name="place")
    op.alter_column("place", "status", server_default=None)
    op.alter_column(
        "place",
        "status",
        existing_type=sa.String(length=20),
        type_=postgresql.ENUM("NEW", "QUEUED", name="place_status", create_type=False),
        postgresql_using="upper(status)::place_status",
    )
    op.alter_column("place", "status", server_default="NEW")
    op.create_index(
        op.f("place_new"),
        "place",
        ["id"],
        unique=False,
        postgresql_where=sa.text("status = 'NEW'"),
    )


def downgrade() -> None:
    op.drop_index(op.f("place_new"), table_name="place")
    op.alter_column("place", "status", server_default=None)
    op.alter_column("place", "status", type_=sa.String(length=20))
    op.alter_column("place", "status", server_default="new")
    op.create_index(
        op.f("place_new"),
        "place",
        ["id"],
        unique=False,
        postgresql_where=sa.text("status = 'new'"),
    )
    sa.Enum(name="place_status").drop(op.get_bind(), checkfirst=True)
