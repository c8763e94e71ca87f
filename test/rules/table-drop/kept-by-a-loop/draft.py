"""A draft."""
from alembic import op
import sqlalchemy as sa

revision = "draft"
down_revision = None

place = sa.table("place", sa.column("id"), sa.column("tags"))
tag = sa.table("tag", sa.column("place_id"), sa.column("name"))


def upgrade() -> None:
    bind = op.get_bind()
    for (place_id,) in bind.execute(sa.select(place.c.id)).all():
        names = bind.execute(sa.select(tag.c.name).where(tag.c.place_id == place_id)).scalars()
        bind.execute(place.update().where(place.c.id == place_id).values(tags=",".join(names)))
    op.drop_table("tag")


def downgrade() -> None:
    op.create_table("tag", sa.Column("place_id", sa.Integer()), sa.Column("name", sa.Text()))
