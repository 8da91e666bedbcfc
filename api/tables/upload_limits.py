"""How long an uploaded file may wait to be used, when it is discarded, and how much is taken.

Files for cases are uploaded by applicants, see ``api.tables.case_uploads``; those of the public
are handed in with an objection, a complaint or an application, see ``api.tables.public_uploads``.
The size of one file is a setting.
"""

from __future__ import annotations

from datetime import timedelta

# for cases

ATTACHED_WITHIN = timedelta(days=6)
"""For how long an upload may be attached to its case."""
UNATTACHED_DISCARDED_AFTER = timedelta(days=7)
MOST_UNATTACHED = 400 << 20
"""Octets that one person may let wait for being attached: eight of the largest files."""
MONTH = timedelta(days=30)
MOST_IN_A_MONTH = 2 << 30
"""Octets that are taken for one applicant in thirty days: forty of the largest files."""

# from the public

HANDED_IN_WITHIN = timedelta(hours=1)
"""For how long an upload may be handed in."""
NOT_HANDED_IN_DISCARDED_AFTER = timedelta(days=1)
MOST_NOT_HANDED_IN = 4 << 30
"""Octets of all uploads together that wait for being handed in; more are turned away."""
