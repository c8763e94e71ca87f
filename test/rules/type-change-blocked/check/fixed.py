"""A draft."""
from alembic import op
import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

revision = "draft"
down_revision = None


def upgrade() -> None:
    op.drop_constraint(op.f("status_known"), "place", type_="check")
    op.alter_column(
        "place",
        "status",
        existing_type=sa.Text(),
        type_=postgresql.ENUM("NEW", "QUEUED", name="place_status", create_type=False),
        postgresql_using="status::place_status",
    )
    op.create_check_constraint(
        op.f("status_known"), "place", sa.text("status IN ('NEW', 'QUEUED')")
    )


def downgrade() -> None:
    op.drop_constraint(op.f("status_known"), "place", type_="check")
    op.alter_column("place", "status", type_=sa.Text())
    op.create_check_constraint(
        op.f("status_known"), "place", sa.text("status IN ('NEW', 'QUEUED')")
    )
