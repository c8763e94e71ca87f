from fastapi import FastAPI

from app.api import places, sitemaps

app = FastAPI(title="Lead scraper")
app.include_router(places.router)
app.include_router(sitemaps.router)
