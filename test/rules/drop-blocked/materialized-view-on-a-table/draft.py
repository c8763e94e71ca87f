"""A draft."""
from alembic import op
import sqlalchemy as sa

revision = "draft"
down_revision = None


def upgrade() -> None:
    op.drop_table("city")


def downgrade() -> None:
    op.create_table("city", sa.Column("id", sa.Integer(), autoincrement=False, nullable=False), sa.Column("name", sa.Text()), sa.Column("size", sa.Integer()), sa.PrimaryKeyConstraint("id", name="city_pkey"))
    op.execute("INSERT INTO city VALUES (1, 'Wien', 3)")
