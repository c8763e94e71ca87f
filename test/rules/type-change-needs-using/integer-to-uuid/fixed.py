"""A draft."""
from alembic import op
import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

revision = "draft"
down_revision = None


def upgrade() -> None:
    with op.batch_alter_table("place") as batch_op:
        batch_op.alter_column(
            "token",
            existing_type=sa.Integer(),
            type_=postgresql.UUID(as_uuid=True),
            postgresql_using="token::text::uuid",
        )


def downgrade() -> None:
    with op.batch_alter_table("place") as batch_op:
        batch_op.alter_column("token", existing_type=sa.UUID(), type_=sa.Integer(), postgresql_using="NULL")
