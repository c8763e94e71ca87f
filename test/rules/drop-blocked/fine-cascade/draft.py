"""A draft."""
from alembic import op
import sqlalchemy as sa

revision = "draft"
down_revision = None


def upgrade() -> None:
    op.execute("ALTER TABLE city DROP COLUMN name CASCADE")


def downgrade() -> None:
    op.execute("ALTER TABLE city ADD COLUMN name text")
    op.execute("UPDATE city SET name = 'Wien'")
    op.execute("CREATE VIEW names AS SELECT id, name FROM city")
    op.execute("CREATE VIEW long_names AS SELECT name FROM names WHERE length(name) > 3")
