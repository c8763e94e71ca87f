"""A draft."""
from alembic import op
import sqlalchemy as sa

revision = "draft"
down_revision = None


def upgrade() -> None:
    op.execute("DROP TRIGGER renamed ON city")
    op.drop_column("city", "name")


def downgrade() -> None:
    op.add_column("city", sa.Column("name", sa.Text(), nullable=True))
    op.execute("UPDATE city SET name = 'Wien'")
    op.execute(
        "CREATE TRIGGER renamed BEFORE UPDATE OF name ON city FOR EACH ROW EXECUTE FUNCTION keep()"
    )
