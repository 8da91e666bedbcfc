"""Which stored events need a power, and of which kind: the whole vocabulary of this proof."""

from __future__ import annotations

ROOT = "authority-root"
ROOTED = "authority:rooted:1"
PROPOSED, GRANTED = "authority:proposed:1", "authority:granted:1"
WITHDRAWN = "authority:withdrawn:1"
REGISTERED, PLACED = "organisation:registered:1", "organisation:placed:1"
OPENED, SUBMITTED = "case:opened:1", "case:submitted:1"
RESCINDED, TAKEN_OVER = "case:act-rescinded:1", "case:stage-taken-over:1"
FORWARDED, RESUBMITTED = "case:forwarded:1", "case:resubmitted:1"

EMPLOYER = "employer"
"""What every registered organisation is without a grant."""
AT_A_STAGE = frozenset(
    {
        "case:handler-opinion-given:1",
        "case:leader-approved:1",
        "case:not-accepted:1",
        "case:rejected:1",
        "case:rejected-by-vote:1",
        "case:returned:1",
        "case:judgement-recorded:1",
        "case:votes-recorded:1",
        "case:publicity-opened:1",
        "case:publicity-voided:1",
        FORWARDED,
        TAKEN_OVER,
        "case:recognised:1",
        "case:referred-up:1",
        "case:certificate-issued:1",
    }
)
"""What the body of a stage does, by the power to be that body."""
AFFAIRS = {
    "investigation:opened:1": "integrity",
    "investigation:allegation-notified:1": "integrity",
    "investigation:finding-proposed:1": "integrity",
    "investigation:misconduct-found:1": "integrity",
    "investigation:closed:1": "integrity",
    "investigation:review-decided:1": "integrity",
    "investigation:taken-over:1": "integrity",
    "criticism:proposed:1": "integrity",
    "criticism:notified:1": "integrity",
    "criticism:issued:1": "integrity",
    "criticism:dropped:1": "integrity",
    "objection:admitted:1": "objections",
    "objection:not-admitted:1": "objections",
    "objection:investigated:1": "objections",
    "objection:upheld:1": "objections",
    "objection:dismissed:1": "objections",
    "objection:taken-over:1": "objections",
    "complaint:closed:1": "objections",
    "complaint:taken-over:1": "objections",
    "complaint:taken-up:1": "integrity",
    "link:proposed:1": "identity",
    "link:confirmed:1": "identity",
    "link:severance-proposed:1": "identity",
    "link:severed:1": "identity",
    "rebinding:proposed:1": "identity",
    "rebinding:confirmed:1": "identity",
    "renaming:proposed:1": "identity",
    "renaming:confirmed:1": "identity",
    "erasure:approved:1": "erasure",
    "erasure:ordered:1": "erasure",
    "erasure:declined:1": "erasure",
}
"""What an office does by the power to deal with an affair."""
STREAMS = ("authority-", "organisation-")
"""How the names of the streams begin that say what organisations may do."""
