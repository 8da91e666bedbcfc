"""``python -m api.document``: write ``docs/openapi.json`` from the views as they are."""

from __future__ import annotations

from pathlib import Path

from api.app import frame
from api.http.plain import document
from api.settings import Settings

PLACE = Path(__file__).parents[1] / "docs" / "openapi.json"


def current() -> str:
    """The OpenAPI document of this version."""
    return document(frame(Settings()).api)


if __name__ == "__main__":
    PLACE.write_text(current(), encoding="utf-8")
