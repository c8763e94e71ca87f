"""A draft."""
from alembic import op

revision = "draft"
down_revision = None


def upgrade() -> None:
    op.execute("DROP TABLE IF EXISTS place_names")
    op.execute("CREATE TABLE place_names AS SELECT id, upper(name) AS name FROM place")
    op.execute("UPDATE place SET name = place_names.name FROM place_names WHERE place_names.id = place.id")
    op.execute("DROP TABLE place_names")


def downgrade() -> None:
    pass
