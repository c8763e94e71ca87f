"""A draft."""
from alembic import op
import sqlalchemy as sa

revision = "draft"
down_revision = None


def upgrade() -> None:
    op.drop_constraint(op.f("place_city_code_fkey"), "place", type_="foreignkey")
    op.drop_column("city", "code")


def downgrade() -> None:
    op.add_column("city", sa.Column("code", sa.Text(), nullable=True))
    op.execute("UPDATE city SET code = 'W'")
    op.create_unique_constraint("city_code_key", "city", ["code"])
    op.create_foreign_key(
        op.f("place_city_code_fkey"), "place", "city", ["city_code"], ["code"]
    )
