from sqlalchemy import BigInteger, Column, DateTime, Integer, String, Text
from sqlalchemy import Enum as SQLEnum
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import relationship

from app.models.base import Base
from app.models.enums import BatchJobStatus
from app.models.mixins import TenantMixin, TimestampMixin, UUIDPrimaryKeyMixin


class BatchJob(UUIDPrimaryKeyMixin, TenantMixin, TimestampMixin, Base):
    """Many domains or places processed together. `batch_id` is the name that clients know."""

    __tablename__ = "batch_job"

    batch_id = Column(String(64), nullable=False, unique=True)
    processor_type = Column(String(50), nullable=False)
    status = Column(
        SQLEnum(BatchJobStatus, name="batch_job_status"),
        nullable=False,
        default=BatchJobStatus.PENDING,
        server_default=BatchJobStatus.PENDING.value,
        index=True,
    )
    # Only in Python: a batch that is made by hand in SQL has to say where it comes from.
    channel = Column(String(32), nullable=False, default="api")
    total_domains = Column(Integer, nullable=False, default=0, server_default="0")
    completed_domains = Column(Integer, nullable=False, default=0, server_default="0")
    failed_domains = Column(Integer, nullable=False, default=0, server_default="0")
    bytes_fetched = Column(BigInteger)
    options = Column(JSONB, nullable=False, server_default="{}")
    # `metadata` is taken by SQLAlchemy; the column used to be mapped under another attribute.
    batch_metadata = Column(JSONB)
    error = Column(Text)
    started_at = Column(DateTime(timezone=True))
    cancelled_at = Column(DateTime(timezone=True))

    jobs = relationship("Job", back_populates="batch_job")
