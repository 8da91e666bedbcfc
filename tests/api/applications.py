"""Applications that stand in one frame: whatever none of them changes is put together once."""

from __future__ import annotations

from copy import copy
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from api.app import create_app, frame
from api.services import EXTENSION, Services
from tests.api import probe

if TYPE_CHECKING:
    from flask import Flask

    from api.settings import Settings


def application(services: Services, *, probed: bool = False) -> Flask:
    """What ``create_app`` makes of these services, with the tests' own resource where asked for.

    Each is an application of its own, with services of its own. Behind proxies it is made anew.
    """
    if services.settings.trusted_proxies:
        return create_app(services)
    framed = _framed(_anywhere(services.settings), probed=probed)
    app = copy(framed)
    app.extensions = {**framed.extensions, EXTENSION: services}
    return app


@cache
def _framed(settings: Settings, *, probed: bool) -> Flask:
    app = frame(settings).app
    if probed:
        app.register_blueprint(probe.blueprint)
    return app


def _anywhere(settings: Settings) -> Settings:
    """The same settings without a place: a frame has neither record nor key."""
    return replace(settings, database_url=None, keys=None, data=Path(), overlays=())
