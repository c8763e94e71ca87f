from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any, Optional

from sqlalchemy import Enum, ForeignKey, Index, Numeric, String, Text, text
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.models.base import Base
from app.models.enums import DomainExtractionStatus, PlaceStatus
from app.models.mixins import TenantMixin, TimestampMixin, UUIDPrimaryKeyMixin

if TYPE_CHECKING:
    from app.models.domain import Domain
    from app.models.place import Place


class LocalBusiness(UUIDPrimaryKeyMixin, TenantMixin, TimestampMixin, Base):
    __tablename__ = "local_business"

    place_id: Mapped[Optional[str]] = mapped_column(
        String(255),
        ForeignKey("place.place_id", ondelete="SET NULL", onupdate="CASCADE"),
        unique=True,
    )
    business_name: Mapped[str] = mapped_column(Text)
    full_address: Mapped[Optional[str]] = mapped_column(Text)
    main_phone: Mapped[Optional[str]] = mapped_column(String(50))
    website_url: Mapped[Optional[str]] = mapped_column(Text)
    rating: Mapped[Optional[Decimal]] = mapped_column(Numeric(3, 2))
    reviews_count: Mapped[Optional[int]]
    lead_score: Mapped[Decimal] = mapped_column(Numeric(6, 2), server_default=text("0"))
    status: Mapped[PlaceStatus] = mapped_column(
        Enum(PlaceStatus, name="place_status"), default=PlaceStatus.NEW, server_default=PlaceStatus.NEW.value, index=True
    )
    domain_extraction_status: Mapped[Optional[DomainExtractionStatus]] = mapped_column(
        Enum(DomainExtractionStatus, name="domain_extraction_status"), index=True
    )
    domain_extraction_error: Mapped[Optional[str]] = mapped_column(Text)
    types: Mapped[Optional[list[str]]]
    tags: Mapped[list[str]] = mapped_column(ARRAY(String(40)), server_default=text("'{}'"))
    additional_json: Mapped[dict[str, Any]] = mapped_column(JSONB, default=dict, server_default=text("'{}'::jsonb"))

    place: Mapped[Optional[Place]] = relationship(back_populates="local_businesses")
    domains: Mapped[list[Domain]] = relationship(back_populates="local_business")

    __table_args__ = (
        Index("ix_local_business_types", "types", postgresql_using="gin"),
        Index(
            "ix_local_business_extraction_queue",
            "updated_at",
            postgresql_where=text("domain_extraction_status = 'QUEUED'"),
        ),
    )
