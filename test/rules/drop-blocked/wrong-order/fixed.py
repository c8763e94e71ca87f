"""A draft."""
from alembic import op
import sqlalchemy as sa

revision = "draft"
down_revision = None


def upgrade() -> None:
    op.drop_constraint(op.f("place_city_id_fkey"), "place", type_="foreignkey")
    op.drop_table("city")
    op.drop_table("place")


def downgrade() -> None:
    op.create_table(
        "city",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("name", sa.Text()),
        sa.Column("code", sa.Text()),
        sa.UniqueConstraint("code", name="city_code_key"),
    )
    op.create_table(
        "place",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("city_id", sa.Integer(), sa.ForeignKey("city.id", name="place_city_id_fkey")),
        sa.Column("size", sa.Integer()),
        sa.Column("twice", sa.Integer(), sa.Computed("size * 2", persisted=True)),
    )
