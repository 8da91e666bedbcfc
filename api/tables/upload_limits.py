"""How much may be uploaded, and wait to be used.

Files for cases are uploaded by applicants, see ``api.tables.case_uploads``; those of the public
are handed in with an objection, a complaint or an application, see ``api.tables.public_uploads``.
The size of one file is a setting; for how long they wait: see ``api.tables.retention``.
"""

from __future__ import annotations

from datetime import timedelta

MOST_UNATTACHED = 400 << 20
"""Octets that one person may let wait for being attached: eight of the largest files."""
MONTH = timedelta(days=30)
MOST_IN_A_MONTH = 2 << 30
"""Octets that are taken for one applicant in thirty days: forty of the largest files."""
MOST_NOT_HANDED_IN = 4 << 30
"""Octets of all uploads of the public that wait for being handed in; more are turned away."""
