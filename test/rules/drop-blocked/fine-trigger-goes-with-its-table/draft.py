"""A draft."""
from alembic import op
import sqlalchemy as sa

revision = "draft"
down_revision = None


def upgrade() -> None:
    op.drop_table("city")


def downgrade() -> None:
    op.create_table("city", sa.Column("id", sa.Integer(), autoincrement=False, nullable=False), sa.Column("name", sa.Text()), sa.Column("size", sa.Integer()), sa.Column("note", sa.Text()), sa.PrimaryKeyConstraint("id", name="city_pkey"))
    op.execute("INSERT INTO city VALUES (1, 'Wien', 3)")
    op.execute("CREATE TRIGGER renamed BEFORE UPDATE OF name ON city FOR EACH ROW EXECUTE FUNCTION keep()")
    op.execute("CREATE TRIGGER grown BEFORE UPDATE ON city FOR EACH ROW WHEN (NEW.size > OLD.size) EXECUTE FUNCTION keep()")
