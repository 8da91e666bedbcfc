"""Retention: for how long what is kept beside the record stays before it is discarded.

Nothing of this is a fact of the record. ``api.jobs.sweeper`` discards it, once an hour.
"""

from __future__ import annotations

from datetime import timedelta

UNATTACHED_UPLOADS = timedelta(days=7)
"""Files that were uploaded for a case and never attached to it."""
ATTACHED_WITHIN = timedelta(days=6)
"""For how long such a file may still be attached."""
PUBLIC_UPLOADS = timedelta(days=1)
"""Files of the public that were never handed in."""
HANDED_IN_WITHIN = timedelta(hours=1)
"""For how long such a file may still be handed in."""
FIRST_ANSWERS = timedelta(days=7)
"""Idempotency keys: for how long a repeated request gets its first answer."""
SIGN_INS = timedelta(days=90)
"""When, and from where, an account was signed in, counted from when that ran out."""
SEARCHES = timedelta(days=7)
"""Searches for somebody by name or document, by whose id a query names them."""
