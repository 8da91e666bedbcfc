"""The running application of ``tests/api``, and the societies in which stories happen."""

from __future__ import annotations

from tests.api.conftest import (  # noqa: F401 -- fixtures for this folder
    copies,
    publishing_city,
    running,
    world,
)
from tests.stories.places import huzhou, luohe, register, yiyang, yueyang  # noqa: F401 -- the same
