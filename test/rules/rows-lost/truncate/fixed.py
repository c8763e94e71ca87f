"""A draft."""
from alembic import op
import sqlalchemy as sa

revision = "draft"
down_revision = None


def upgrade() -> None:
    op.execute("CREATE TABLE place_dropped (LIKE place)")
    op.execute(
        "INSERT INTO place_dropped (id, name, town_id, rating) SELECT id, name, town_id, rating FROM place"
    )
    op.execute("TRUNCATE place")


def downgrade() -> None:
    op.execute(
        "INSERT INTO place (id, name, town_id, rating) OVERRIDING SYSTEM VALUE SELECT id, name, town_id, rating FROM place_dropped"
    )
    op.drop_table("place_dropped")
