"""A draft."""
from alembic import op
import sqlalchemy as sa

revision = "draft"
down_revision = None


def upgrade() -> None:
    op.drop_constraint("city_code_key", "city", type_="unique")
    op.drop_constraint(op.f("place_city_id_fkey"), "place", type_="foreignkey")
    op.drop_table("city")


def downgrade() -> None:
    op.create_table(
        "city",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("name", sa.Text()),
        sa.Column("code", sa.Text()),
    )
    op.execute("INSERT INTO city VALUES (1, 'Wien', 'W')")
    op.create_unique_constraint("city_code_key", "city", ["code"])
    op.create_foreign_key(
        op.f("place_city_id_fkey"), "place", "city", ["city_id"], ["id"]
    )
