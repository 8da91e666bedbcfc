"""The county of the API's tests, in which generated clients act."""

from __future__ import annotations

from tests.api.conftest import copies, world  # noqa: F401 -- fixtures for this folder
