"""A draft."""
import json

from alembic import op
import sqlalchemy as sa

revision = "draft"
down_revision = None

place = sa.table("place", sa.column("id"), sa.column("contact"), sa.column("phone"))


def upgrade() -> None:
    op.add_column("place", sa.Column("phone", sa.Text(), nullable=True))
    bind = op.get_bind()
    for row in bind.execute(sa.select(place.c.id, place.c.contact)).all():
        bind.execute(place.update().where(place.c.id == row.id).values(phone=json.loads(row.contact)["phone"]))


def downgrade() -> None:
    op.drop_column("place", "phone")
