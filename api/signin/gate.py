"""The gate: nobody passes to an operation that they did not sign in for.

Closed by default: an operation is open only where its view says so (``Blueprint.admits``).
It stands before everything that looks at a request, so an anonymous one learns nothing but 401.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import structlog
from flask import current_app, g, request

from api.conventions.admission import Admission
from api.problems import Problem
from api.services import services
from api.signin.whence import Whence

if TYPE_CHECKING:
    from flask import Flask

_BEARER = re.compile(r"[Bb]earer +([A-Za-z0-9._~+/=-]{1,4096})")


def register_gate(app: Flask) -> None:
    """Let every request of the application pass the gate."""
    app.before_request(_admit)


def whence() -> Whence:
    """Where the present request comes from."""
    return Whence(request.remote_addr or "", request.headers.get("User-Agent", ""))


def _admit() -> None:
    if request.endpoint is None:
        return  # there is no such address or method, which the router will say
    view = current_app.view_functions[request.endpoint]
    admission = getattr(view, "admission", Admission.SIGNED_IN)
    if admission is Admission.PUBLIC:
        return
    stated = _BEARER.fullmatch(request.headers.get("Authorization", ""))
    if stated is None:
        raise Problem("SIGN_IN_REQUIRED")
    here = services()
    caller = here.sign_in.caller(stated[1], whence(), here.clock.now())
    structlog.contextvars.bind_contextvars(account=caller.account)
    if caller.must_replace and admission is not Admission.UNREPLACED:
        raise Problem("PASSWORD_CHANGE_REQUIRED")
    g.caller = caller
