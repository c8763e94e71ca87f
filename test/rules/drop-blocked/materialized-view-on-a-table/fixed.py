"""A draft."""
from alembic import op
import sqlalchemy as sa

revision = "draft"
down_revision = None


def upgrade() -> None:
    op.execute("DROP MATERIALIZED VIEW sizes")
    op.drop_table("city")


def downgrade() -> None:
    op.create_table("city", sa.Column("id", sa.Integer(), autoincrement=False, nullable=False), sa.Column("name", sa.Text()), sa.Column("size", sa.Integer()), sa.PrimaryKeyConstraint("id", name="city_pkey"))
    op.execute("INSERT INTO city VALUES (1, 'Wien', 3)")
    op.execute(
        "CREATE MATERIALIZED VIEW sizes AS SELECT size, count(*) AS times FROM city GROUP BY size"
    )
    op.execute("CREATE INDEX sizes_size ON sizes (size)")
