"""type_annotation_map, Annotated, dataclasses."""

from __future__ import annotations

import datetime
import enum
import uuid
from decimal import Decimal
from typing import Annotated, Any, NewType, Optional

from sqlalchemy import ARRAY, BigInteger, Enum, ForeignKey, Identity, Numeric, String, Text, func, text
from sqlalchemy.dialects.postgresql import JSONB, TIMESTAMP, UUID
from sqlalchemy.orm import DeclarativeBase, Mapped, MappedAsDataclass, mapped_column, registry, relationship

UserId = NewType("UserId", int)
str50 = Annotated[str, 50]
str100 = Annotated[str, mapped_column(String(100))]
intpk = Annotated[int, mapped_column(BigInteger, Identity(), primary_key=True)]
timestamp = Annotated[datetime.datetime, mapped_column(nullable=False, server_default=func.now())]
money = Annotated[Decimal, mapped_column(Numeric(14, 2))]
user_fk = Annotated[int, mapped_column(ForeignKey("user.id", ondelete="CASCADE"), index=True)]


class Level(enum.Enum):
    low = "l"
    high = "h"


class Color(enum.Enum):
    red = "r"
    blue = "b"


class Base(MappedAsDataclass, DeclarativeBase):
    registry = registry(
        type_annotation_map={
            datetime.datetime: TIMESTAMP(timezone=True),
            uuid.UUID: UUID(as_uuid=True),
            dict[str, Any]: JSONB,
            list[str]: ARRAY(Text),
            str50: String(50),
            UserId: BigInteger,
            Decimal: Numeric(10, 4),
            Level: Enum(Level, name="level_type", values_callable=lambda cls: [member.value for member in cls]),
            enum.Enum: Enum(enum.Enum, native_enum=False, length=20),
        }
    )


class User(Base):
    __tablename__ = "user"

    id: Mapped[intpk] = mapped_column(init=False)
    name: Mapped[str50]
    long_name: Mapped[Optional[str100]]
    external: Mapped[UserId]
    level: Mapped[Level] = mapped_column(default=Level.low)
    color: Mapped[Optional[Color]] = mapped_column(default=None)
    extra: Mapped[dict[str, Any]] = mapped_column(default_factory=dict)
    tags: Mapped[list[str]] = mapped_column(default_factory=list, server_default=text("'{}'"))
    price: Mapped[money] = mapped_column(default=Decimal("0.10"))
    rate: Mapped[Decimal | None] = mapped_column(default=None)
    created_at: Mapped[timestamp] = mapped_column(init=False)
    seen_at: Mapped[Optional[datetime.datetime]] = mapped_column(default=None)
    count: Mapped[int] = mapped_column(default=0)

    posts: Mapped[list[Post]] = relationship(back_populates="author", default_factory=list)


class Post(Base):
    __tablename__ = "post"

    id: Mapped[intpk] = mapped_column(init=False)
    author_id: Mapped[user_fk]
    editor_id: Mapped[Optional[user_fk]] = mapped_column(default=None)
    uid: Mapped[uuid.UUID] = mapped_column(default_factory=uuid.uuid4)

    author: Mapped[User] = relationship(back_populates="posts", default=None, foreign_keys="Post.author_id")
