"""The headers of every answer: nobody keeps it, frames it or takes it for something else."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from wsgiref.types import StartResponse

_HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
"""Of every answer, where the view did not choose otherwise."""
_BY_NAME = {name.lower(): (name, said) for name, said in _HEADERS.items()}


def with_headers(start: StartResponse) -> StartResponse:
    """Begins an answer that says beside its own what every answer says."""

    def begin(status: str, own: list[tuple[str, str]], failure: Any = None) -> Any:  # noqa: ANN401 -- as WSGI has it
        stated = {name.lower() for name, _ in own}
        others = [each for name, each in _BY_NAME.items() if name not in stated]
        return start(status, [*own, *others], failure)

    return begin
