import enum
import uuid
from datetime import datetime
from decimal import Decimal

from recipes.base import Base
from sqlalchemy import BigInteger, DateTime, Enum, ForeignKey, Identity, Index, Numeric, Text, func, text
from sqlalchemy.orm import Mapped, mapped_column


class User(Base):
    """Supabase's own table: only what refers to it is ours."""

    __tablename__ = "users"
    __table_args__ = {"schema": "auth"}

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)


class RecipeState(enum.Enum):
    draft = "draft"
    published = "published"


class Profile(Base):
    __tablename__ = "profile"

    id: Mapped[uuid.UUID] = mapped_column(ForeignKey("auth.users.id", ondelete="CASCADE"), primary_key=True)
    handle: Mapped[str] = mapped_column(Text, unique=True)
    created_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=func.now())


class Recipe(Base):
    __tablename__ = "recipe"
    __table_args__ = (Index("recipe_profile_id_idx", "profile_id"),)

    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    profile_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("profile.id", ondelete="CASCADE"))
    title: Mapped[str] = mapped_column(Text)
    state: Mapped[RecipeState] = mapped_column(Enum(RecipeState, name="recipe_state"), server_default=text("'draft'"))
    minutes: Mapped[int | None]


class Ingredient(Base):
    __tablename__ = "ingredient"

    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    recipe_id: Mapped[int] = mapped_column(ForeignKey("recipe.id", ondelete="CASCADE"))
    name: Mapped[str] = mapped_column(Text)
    grams: Mapped[Decimal | None] = mapped_column(Numeric(8, 1))


class Step(Base):
    __tablename__ = "step"

    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    recipe_id: Mapped[int] = mapped_column(ForeignKey("recipe.id", ondelete="CASCADE"), index=True)
    place: Mapped[int]
    body: Mapped[str] = mapped_column(Text)
