"""Table(), without classes or under them; composite keys."""

from sqlalchemy import (
    CheckConstraint,
    Column,
    Date,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    MetaData,
    PrimaryKeyConstraint,
    String,
    Table,
    Text,
    UniqueConstraint,
    func,
    text,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, registry, relationship

metadata = MetaData()
mapper_registry = registry(metadata=metadata)

country = Table(
    "country",
    metadata,
    Column("code", String(2), primary_key=True),
    Column("name", Text, nullable=False, unique=True),
    comment="ISO 3166",
)

city = Table(
    "city",
    metadata,
    Column("country", String(2), ForeignKey(country.c.code, onupdate="CASCADE"), nullable=False),
    Column("name", String(100), nullable=False),
    Column("mayor", String(100), index=True),
    Column("inhabitants", Integer, CheckConstraint("inhabitants >= 0")),
    PrimaryKeyConstraint("country", "name", name="city_key"),
)

street = Table(
    "street",
    metadata,
    Column("country", String(2), primary_key=True),
    Column("city", String(100), primary_key=True),
    Column("name", String(100), primary_key=True),
    Column("named_on", Date, server_default=func.current_date()),
    ForeignKeyConstraint(["country", "city"], ["city.country", "city.name"], name="fk_street_city", ondelete="CASCADE"),
    UniqueConstraint("country", "name", name="uq_street_country_name"),
)
Index("ix_street_name_lower", func.lower(street.c.name))
Index("ix_street_city", street.c.city, street.c.name.desc())


class Base(DeclarativeBase):
    metadata = metadata


post_tag = Table(
    "post_tag",
    Base.metadata,
    Column("post_id", ForeignKey("post.id", ondelete="CASCADE"), primary_key=True),
    Column("tag_id", ForeignKey("tag.id"), primary_key=True),
)


class Post(Base):
    __tablename__ = "post"

    id: Mapped[int] = mapped_column(primary_key=True)
    tags: Mapped[list["Tag"]] = relationship(secondary=post_tag)


class Tag(Base):
    __table__ = Table(
        "tag",
        Base.metadata,
        Column("id", Integer, primary_key=True),
        Column("label", String(30), nullable=False, server_default=text("'new'")),
    )


class River:
    pass


river = Table("river", mapper_registry.metadata, Column("id", Integer, primary_key=True), Column("name", Text))
mapper_registry.map_imperatively(River, river)


@mapper_registry.mapped
class Lake:
    __tablename__ = "lake"

    id = Column(Integer, primary_key=True)
    depth = Column(Integer)
    city_country = Column(String(2))
    city_name = Column(String(100))

    __table_args__ = (
        ForeignKeyConstraint(
            ["city_country", "city_name"], ["city.country", "city.name"], deferrable=True, initially="DEFERRED", match="FULL"
        ),
    )


def log_table(name):
    return Table(
        f"{name}_log",
        metadata,
        Column("id", Integer, primary_key=True),
        Column("at", Date, nullable=False),
        *[Column(part, Text) for part in ("who", "what")],
    )


city_log = log_table("city")
river_log = log_table("river")
