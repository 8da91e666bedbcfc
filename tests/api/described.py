"""What the API is said to be: the committed document, of which a test says that it is served."""

from __future__ import annotations

import json
from typing import Any

from api.documents import DOCS

DOCUMENT: dict[str, Any] = json.loads((DOCS / "openapi.json").read_text("utf-8"))
