"""A draft."""
from alembic import op
import sqlalchemy as sa

revision = "draft"
down_revision = None


def upgrade() -> None:
    with op.get_context().autocommit_block():
        op.execute("ALTER TABLE spot DROP CONSTRAINT IF EXISTS spot_pkey")
        op.drop_index(
            op.f("spot_pkey"),
            table_name="spot",
            postgresql_concurrently=True,
            if_exists=True,
        )
        op.create_index(
            op.f("spot_pkey"),
            "spot",
            ["id"],
            unique=True,
            postgresql_concurrently=True,
            if_not_exists=True,
        )
        op.execute(
            "ALTER TABLE spot ADD CONSTRAINT spot_pkey PRIMARY KEY USING INDEX spot_pkey"
        )


def downgrade() -> None:
    op.drop_constraint("spot_pkey", "spot", type_="primary")
