from fastapi import APIRouter, Depends, HTTPException
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.db.session import get_session
from app.models import Place
from app.models.enums import PlaceStatus

router = APIRouter(prefix="/places", tags=["places"])


@router.get("/")
def list_places(status: PlaceStatus = PlaceStatus.NEW, session: Session = Depends(get_session)) -> list[dict]:
    places = session.scalars(select(Place).where(Place.status == status).order_by(Place.created_at))
    return [{"place_id": place.place_id, "name": place.name, "address": place.formatted_address} for place in places]


@router.put("/{place_id}/status")
def set_status(place_id: str, status: PlaceStatus, session: Session = Depends(get_session)) -> dict:
    place = session.scalar(select(Place).where(Place.place_id == place_id))
    if place is None:
        raise HTTPException(404, "No such place")
    place.status = status
    session.commit()
    return {"place_id": place.place_id, "status": place.status}
