"""A draft."""
from alembic import op
import sqlalchemy as sa

revision = "draft"
down_revision = None


def upgrade() -> None:
    op.execute("DROP VIEW long_names")
    op.execute("DROP VIEW names")
    op.drop_column("city", "name")


def downgrade() -> None:
    op.add_column("city", sa.Column("name", sa.Text(), nullable=True))
    op.execute("UPDATE city SET name = 'Wien'")
    op.execute("CREATE VIEW names AS SELECT id, name FROM city")
    op.execute(
        "CREATE VIEW long_names AS SELECT name FROM names WHERE length(name) > 3"
    )
