"""A draft."""
from alembic import op
import sqlalchemy as sa

revision = "draft"
down_revision = None


def upgrade() -> None:
    op.execute("DROP VIEW long_names")
    op.execute("DROP VIEW names")


def downgrade() -> None:
    op.execute("CREATE VIEW names AS SELECT id, name FROM city")
    op.execute(
        "CREATE VIEW long_names AS SELECT name FROM names WHERE length(name) > 3"
    )
