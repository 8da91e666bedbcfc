"""Who is let in to an operation at all; what they may do there is ``api.access``."""

from __future__ import annotations

from enum import Enum


class Admission(Enum):
    """The least that a caller must show. What says nothing asks for ``SIGNED_IN``."""

    PUBLIC = "public"
    """Nothing."""
    UNREPLACED = "unreplaced"
    """A sign-in, even with a one-time code that was not yet replaced."""
    SIGNED_IN = "signed in"
    """A sign-in with a secret of their own."""
