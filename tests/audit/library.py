"""The library's own test cases, importable without a second library of cryptography.

They import a cipher that no case here needs, from a module that wants another library; the same
cipher stands in ``eventsourcing.cryptography``.
"""

from __future__ import annotations

import sys
from importlib import import_module

sys.modules.setdefault("eventsourcing.cipher", import_module("eventsourcing.cryptography"))
from eventsourcing.tests.persistence import (  # noqa: E402 -- after the cipher
    ApplicationRecorderTestCase,
    NonInterleavingNotificationIDsBaseCase,
)

__all__ = ["ApplicationRecorderTestCase", "NonInterleavingNotificationIDsBaseCase"]
