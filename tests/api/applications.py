"""Applications that stand in one frame: whatever none of them changes is put together once."""

from __future__ import annotations

from copy import copy
from functools import cache
from typing import TYPE_CHECKING

from api.app import create_app, frame
from api.services import EXTENSION, Services
from api.settings import Settings
from tests.api import probe

if TYPE_CHECKING:
    from flask import Flask


def application(services: Services, *, probed: bool = False) -> Flask:
    """What ``create_app`` makes of these services, with the tests' own resource where asked for.

    Each is an application of its own, with services of its own. Behind proxies it is made anew.
    """
    if services.settings.trusted_proxies:
        return create_app(services)
    framed = frame_of(services.settings, probed=probed)
    app = copy(framed)
    app.extensions = {**framed.extensions, EXTENSION: services}
    return app


def frame_of(settings: Settings, *, probed: bool = False) -> Flask:
    """The frame for these settings, put together once for all that say the same of it.

    Nothing else is read of them: a frame has neither record nor key.
    """
    return _framed(settings.body_bytes, settings.origins, probed=probed)


@cache
def _framed(body_bytes: int, origins: tuple[str, ...], *, probed: bool) -> Flask:
    app = frame(Settings(body_bytes=body_bytes, origins=origins)).app
    if probed:
        app.register_blueprint(probe.blueprint)
    return app
