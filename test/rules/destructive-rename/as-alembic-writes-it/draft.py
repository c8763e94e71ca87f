"""A draft."""
from alembic import op
import sqlalchemy as sa

revision = "draft"
down_revision = None


def upgrade() -> None:
    op.add_column("place", sa.Column("written_by_id", sa.Integer(), nullable=True))
    op.drop_index("ix_place_writer_id", table_name="place")
    op.create_index("ix_place_written_by_id", "place", ["written_by_id"], unique=False)
    op.drop_constraint("place_writer_id_fkey", "place", type_="foreignkey")
    op.create_foreign_key(None, "place", "author", ["written_by_id"], ["id"])
    op.drop_column("place", "writer_id")


def downgrade() -> None:
    op.add_column("place", sa.Column("writer_id", sa.INTEGER(), autoincrement=False, nullable=True))
    op.drop_constraint(None, "place", type_="foreignkey")
    op.create_foreign_key("place_writer_id_fkey", "place", "author", ["writer_id"], ["id"])
    op.drop_index("ix_place_written_by_id", table_name="place")
    op.create_index("ix_place_writer_id", "place", ["writer_id"], unique=False)
    op.drop_column("place", "written_by_id")
