import uuid

from fastapi import APIRouter, Depends
from sqlalchemy.orm import Session

from app.db.session import get_session
from app.services.curation import queue_sitemaps

router = APIRouter(prefix="/sitemaps", tags=["sitemaps"])


@router.post("/queue")
def queue(ids: list[uuid.UUID], session: Session = Depends(get_session)) -> dict:
    return {"queued": queue_sitemaps(session, ids)}
