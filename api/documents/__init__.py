"""Documents that are written from the program itself, so that they can't say something else.

``python -m api.documents`` writes them all; a test fails when one lags behind.
Here never belongs prose: that is written by hand, in ``docs``.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from api.documents import access, acts, events, openapi, readme, traceability

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

DOCS = Path(__file__).parents[2] / "docs"

DOCUMENTS: Mapping[Path, Callable[[], str]] = {
    DOCS / "openapi.json": openapi.current,
    DOCS / "events.md": events.current,
    DOCS / "access.md": access.current,
    DOCS / "acts.md": acts.current,
    DOCS / "traceability.md": traceability.current,
    readme.PLACE: readme.current,
}
"""Each document's place with what it should say now."""
