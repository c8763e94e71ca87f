from decimal import Decimal
from typing import TYPE_CHECKING, Any

from sqlalchemy import CheckConstraint, Enum, Index, Numeric, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.models.base import Base
from app.models.enums import PlaceStatus
from app.models.mixins import TenantMixin, TimestampMixin, UUIDPrimaryKeyMixin

if TYPE_CHECKING:
    from app.models.local_business import LocalBusiness


class Place(UUIDPrimaryKeyMixin, TenantMixin, TimestampMixin, Base):
    """A search result as the maps API returned it. The key is ours since the remediation; Google's id stays unique."""

    __tablename__ = "place"
    __table_args__ = (
        CheckConstraint("rating >= 0 AND rating <= 5", name="rating_range"),
        Index("ix_place_location", "latitude", "longitude"),
    )

    place_id: Mapped[str] = mapped_column(String(255), unique=True)
    name: Mapped[str] = mapped_column(Text)
    formatted_address: Mapped[str | None] = mapped_column(Text)
    search_query: Mapped[str | None] = mapped_column(Text)
    business_type: Mapped[str | None] = mapped_column(String(100))
    latitude: Mapped[Decimal | None] = mapped_column(Numeric(9, 6))
    longitude: Mapped[Decimal | None] = mapped_column(Numeric(9, 6))
    rating: Mapped[Decimal | None] = mapped_column(Numeric(3, 2))
    reviews_count: Mapped[int | None]
    status: Mapped[PlaceStatus] = mapped_column(
        Enum(PlaceStatus, name="place_status"), default=PlaceStatus.NEW, server_default="NEW", index=True
    )
    source: Mapped[str] = mapped_column(String(50), default="google_maps")
    raw_data: Mapped[dict[str, Any] | None]

    local_businesses: Mapped[list["LocalBusiness"]] = relationship(back_populates="place")
