"""A draft."""
from alembic import op
import sqlalchemy as sa

revision = "draft"
down_revision = None


def upgrade() -> None:
    op.execute("ALTER TABLE place ALTER COLUMN id DROP DEFAULT")
    op.execute("DROP SEQUENCE place_id_seq")
    op.execute("ALTER TABLE place ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY")
    op.execute(
        "SELECT setval(pg_get_serial_sequence('place', 'id'), max(id)) FROM place"
    )


def downgrade() -> None:
    op.execute("ALTER TABLE place ALTER COLUMN id DROP IDENTITY")
    op.execute("CREATE SEQUENCE place_id_seq AS integer OWNED BY place.id")
    op.execute(
        "ALTER TABLE place ALTER COLUMN id SET DEFAULT nextval('place_id_seq'::regclass)"
    )
    op.execute(
        "SELECT setval(pg_get_serial_sequence('place', 'id'), max(id)) FROM place"
    )
