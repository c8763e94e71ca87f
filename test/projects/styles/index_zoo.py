"""Indexes with everything that PostgreSQL has for them."""

from sqlalchemy import Column, DateTime, Index, Integer, String, Text, and_, asc, cast, desc, func, literal_column, nulls_last, text
from sqlalchemy.dialects.postgresql import ARRAY, INET, JSONB
from sqlalchemy.orm import declarative_base

Base = declarative_base()


class Page(Base):
    __tablename__ = "page"

    id = Column(Integer, primary_key=True)
    url = Column(Text, nullable=False)
    title = Column(String(200), index=True)
    slug = Column(String(50), unique=True, index=True)
    state = Column(String(10), nullable=False)
    data = Column(JSONB)
    tags = Column(ARRAY(Text))
    address = Column(INET)
    created_at = Column(DateTime(timezone=True))
    deleted_at = Column(DateTime(timezone=True))
    seen_at = Column(DateTime)

    __table_args__ = (
        Index("ix_page_two", "state", "created_at"),
        Index("ix_page_unique", "url", "state", unique=True),
        Index("ix_page_desc", "state", created_at.desc()),
        Index("ix_page_nulls", created_at.desc().nulls_last(), title.asc().nulls_first()),
        Index("ix_page_desc_function", desc("created_at"), asc(state)),
        Index("ix_page_nulls_function", nulls_last(desc(deleted_at))),
        Index("ix_page_text_desc", text("created_at DESC")),
        Index("ix_page_lower", func.lower(title)),
        Index("ix_page_lower_text", text("lower(url)")),
        Index("ix_page_lower_literal", func.lower(literal_column("url")), "state"),
        Index("ix_page_coalesce", func.coalesce(title, "none"), postgresql_where=text("title IS NULL")),
        Index("ix_page_partial", "url", postgresql_where=text("state = 'live'")),
        Index("ix_page_partial_expression", "url", unique=True, postgresql_where=deleted_at.is_(None)),
        Index("ix_page_partial_comparison", "url", postgresql_where=(state == "live")),
        Index("ix_page_partial_and", "url", postgresql_where=and_(state != "gone", deleted_at.is_not(None))),
        Index("ix_page_data", "data", postgresql_using="gin"),
        Index("ix_page_data_ops", "data", postgresql_using="gin", postgresql_ops={"data": "jsonb_path_ops"}),
        Index("ix_page_tags", tags, postgresql_using="GIN"),
        Index("ix_page_like", "url", postgresql_ops={"url": "text_pattern_ops"}),
        Index("ix_page_lower_like", func.lower(title).label("low"), postgresql_ops={"low": "text_pattern_ops"}),
        Index("ix_page_hash", "url", postgresql_using="hash"),
        Index("ix_page_brin", "created_at", postgresql_using="brin", postgresql_with={"pages_per_range": 32}),
        Index("ix_page_gist", "address", postgresql_using="gist", postgresql_ops={"address": "inet_ops"}),
        Index("ix_page_include", "url", postgresql_include=["title", "state"]),
        Index("ix_page_fill", "state", postgresql_with={"fillfactor": 70}),
        Index("ix_page_nulls_not_distinct", "deleted_at", unique=True, postgresql_nulls_not_distinct=True),
        Index("ix_page_arrow", text("(data ->> 'lang')")),
        Index("ix_page_path", data["lang"].astext),
        Index("ix_page_collate", func.lower(url).collate("C")),
        Index("ix_page_concurrently", "deleted_at", postgresql_concurrently=True),
        Index(None, "created_at", "deleted_at"),
    )


Index("ix_page_outside", Page.state, Page.url)
Index("ix_page_outside_unnamed_function", func.date_part("year", Page.seen_at, type_=Integer))
