"""A draft."""
from alembic import op
import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

revision = "draft"
down_revision = None


def upgrade() -> None:
    op.drop_index(op.f("place_new"), table_name="place")
    op.alter_column(
        "place",
        "status",
        existing_type=sa.Text(),
        type_=postgresql.ENUM("NEW", "QUEUED", name="place_status", create_type=False),
        postgresql_using="status::place_status",
    )
    op.create_index(
        op.f("place_new"),
        "place",
        ["id"],
        unique=False,
        postgresql_where=sa.text("status = 'NEW'"),
    )


def downgrade() -> None:
    op.drop_index(op.f("place_new"), table_name="place")
    op.alter_column("place", "status", type_=sa.Text())
    op.create_index(
        op.f("place_new"),
        "place",
        ["id"],
        unique=False,
        postgresql_where=sa.text("status = 'NEW'"),
    )
