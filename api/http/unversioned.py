"""The addresses beside ``/v1``: the OpenAPI document, liveness, readiness, measurements.

For machines that watch the server; they belong behind the proxy, not in front of it.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from flask import Response, current_app
from prometheus_client import CONTENT_TYPE_LATEST, REGISTRY, CollectorRegistry, generate_latest
from prometheus_client.multiprocess import MultiProcessCollector

from api.conventions.admission import Admission
from api.conventions.links import add_links
from api.services import services
from api.serving.readiness import readiness

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask import Flask

    from api.conventions.openapi import Api


def register_plain(app: Flask, api: Api) -> None:
    """Let the application answer at these addresses; call it after all resources are."""
    text = document(api)
    _add(app, "/openapi.json", lambda: Response(text, content_type="application/json"))
    _add(app, "/livez", lambda: Response("ok\n", content_type="text/plain"))
    _add(app, "/readyz", _ready)
    _add(app, "/metrics", _metrics)


def document(api: Api) -> str:
    """The OpenAPI document, as it is served and committed."""
    written = api.spec.to_dict()
    add_links(written)
    return json.dumps(written, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def _add(app: Flask, address: str, view: Callable[[], Response]) -> None:
    view.admission = Admission.PUBLIC  # type: ignore[attr-defined] # read by api.signin.gate
    app.add_url_rule(address, address.strip("/").replace(".", "-"), view)


def _ready() -> Response:
    state = readiness(services())
    body = current_app.json.dumps(
        {
            "ready": state.ready,
            "checks": state.checks,
            "warnings": state.warnings,
            "views_behind": state.lag,
        }
    )
    return Response(body, 200 if state.ready else 503, content_type="application/json")


def _metrics() -> Response:
    """Of all processes of the server where they share their measurements, else of this one."""
    registry = REGISTRY
    if (shared := services().settings.metrics) is not None:
        registry = CollectorRegistry()
        MultiProcessCollector(registry, path=str(shared))  # type: ignore[no-untyped-call]
    return Response(generate_latest(registry), content_type=CONTENT_TYPE_LATEST)
