"""The headers of every answer: nobody keeps it, frames it or takes it for something else."""

from __future__ import annotations

HEADERS = tuple(
    (each[0].lower(), each)
    for each in (
        ("Cache-Control", "no-store"),
        ("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'"),
        ("Cross-Origin-Resource-Policy", "same-origin"),
        ("Referrer-Policy", "no-referrer"),
        ("X-Content-Type-Options", "nosniff"),
        ("X-Frame-Options", "DENY"),
    )
)
"""Of every answer, where the view did not choose otherwise."""
