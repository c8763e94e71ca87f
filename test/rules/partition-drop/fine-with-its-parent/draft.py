"""A draft."""
from alembic import op
import sqlalchemy as sa

revision = "draft"
down_revision = None


def upgrade() -> None:
    op.drop_table("event_2025")
    op.drop_table("event")


def downgrade() -> None:
    op.execute("CREATE TABLE event (id integer NOT NULL, at date NOT NULL, name text) PARTITION BY RANGE (at)")
    op.execute("CREATE TABLE event_2025 PARTITION OF event FOR VALUES FROM ('2025-01-01') TO ('2026-01-01')")
