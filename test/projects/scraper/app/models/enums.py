"""Every status of the application, in one place (Layer 1 remediation).

The names of the PostgreSQL types are part of the contract with reporting: change them only with a migration.
"""

from enum import Enum

from sqlalchemy import Enum as SQLEnum


class BatchJobStatus(str, Enum):
    PENDING = "PENDING"
    RUNNING = "RUNNING"
    COMPLETED = "COMPLETED"
    FAILED = "FAILED"
    CANCELLED = "CANCELLED"


class JobStatus(str, Enum):
    PENDING = "PENDING"
    QUEUED = "QUEUED"
    RUNNING = "RUNNING"
    COMPLETE = "COMPLETE"
    FAILED = "FAILED"
    CANCELLED = "CANCELLED"


class DomainExtractionStatus(str, Enum):
    NEW = "NEW"
    QUEUED = "QUEUED"
    PROCESSING = "PROCESSING"
    COMPLETED = "COMPLETED"
    ERROR = "ERROR"


class SitemapCurationStatus(str, Enum):
    NEW = "NEW"
    QUEUED = "QUEUED"
    PROCESSING = "PROCESSING"
    COMPLETE = "COMPLETE"
    ERROR = "ERROR"
    SKIPPED = "SKIPPED"


class PlaceStatus(str, Enum):
    NEW = "NEW"
    SELECTED = "SELECTED"
    MAYBE = "MAYBE"
    NOT_A_FIT = "NOT_A_FIT"
    ARCHIVED = "ARCHIVED"


class ContactCurationStatus(str, Enum):
    NEW = "NEW"
    QUEUED = "QUEUED"
    PROCESSING = "PROCESSING"
    COMPLETE = "COMPLETE"
    ERROR = "ERROR"
    SKIPPED = "SKIPPED"


class ContactEmailType(str, Enum):
    """Lower case in the database: the mail provider's webhooks send it that way."""

    SERVICE = "service"
    CORPORATE = "corporate"
    FREE = "free"
    UNKNOWN = "unknown"


def enum_values(enum_class: type[Enum]) -> list[str]:
    return [member.value for member in enum_class]


# Shared by domain and sitemap.
sitemap_curation_status_type = SQLEnum(SitemapCurationStatus, name="sitemap_curation_status")
