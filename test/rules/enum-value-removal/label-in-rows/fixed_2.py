"""A draft."""
from alembic import op
import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

revision = "draft"
down_revision = None


def upgrade() -> None:
    op.execute("ALTER TYPE place_status RENAME TO place_status_old")
    op.execute("CREATE TYPE place_status AS ENUM ('NEW', 'QUEUED')")
    op.alter_column(
        "place",
        "status",
        type_=postgresql.ENUM("NEW", "QUEUED", name="place_status", create_type=False),
        postgresql_using="(CASE status::text WHEN 'GONE' THEN 'QUEUED' ELSE status::text END)::place_status",
    )
    op.execute("DROP TYPE place_status_old")


def downgrade() -> None:
    op.execute("ALTER TYPE place_status RENAME TO place_status_old")
    op.execute("CREATE TYPE place_status AS ENUM ('NEW', 'QUEUED', 'GONE')")
    op.execute("ALTER TABLE place ALTER COLUMN status TYPE place_status USING status::text::place_status")
    op.execute("DROP TYPE place_status_old")
