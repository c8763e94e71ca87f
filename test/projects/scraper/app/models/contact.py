import uuid
from typing import TYPE_CHECKING, Any, Optional

from sqlalchemy import Enum as SQLEnum
from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint, false, func
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.models.base import Base
from app.models.enums import ContactCurationStatus, ContactEmailType, enum_values
from app.models.mixins import TenantMixin, TimestampMixin, UUIDPrimaryKeyMixin

if TYPE_CHECKING:
    from app.models.domain import Domain


class Contact(UUIDPrimaryKeyMixin, TenantMixin, TimestampMixin, Base):
    __tablename__ = "contact"

    domain_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("domain.id", ondelete="CASCADE"), index=True)
    source_job_id: Mapped[Optional[int]] = mapped_column(ForeignKey("job.id"), index=True)
    page_url: Mapped[Optional[str]] = mapped_column(Text)
    name: Mapped[Optional[str]] = mapped_column(Text)
    email: Mapped[str] = mapped_column(Text)
    email_type: Mapped[Optional[ContactEmailType]] = mapped_column(
        SQLEnum(ContactEmailType, name="contact_email_type", values_callable=enum_values)
    )
    phone_number: Mapped[Optional[str]] = mapped_column(String(50))
    has_gmail: Mapped[bool] = mapped_column(server_default=false())
    is_verified: Mapped[bool] = mapped_column(server_default=false())
    # The type's name comes from the class: contactcurationstatus.
    curation_status: Mapped[ContactCurationStatus] = mapped_column(
        default=ContactCurationStatus.NEW, server_default=ContactCurationStatus.NEW.value, index=True
    )
    social: Mapped[Optional[dict[str, Any]]]

    domain: Mapped["Domain"] = relationship(back_populates="contacts")

    __table_args__ = (UniqueConstraint("domain_id", "email", name="uq_contact_domain_email"),)


# One person, however they spell their address.
Index("ix_contact_email_lower", func.lower(Contact.email))
