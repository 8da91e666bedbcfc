"""Which stored events speak of duties, and of whose: the whole vocabulary of the proof.

A verdict hangs on these topics, on seats and on persons; never on a code or on words, which
whoever acts may choose.
"""

from __future__ import annotations

HANDLER, LEADER = "handler", "leader"
INTEGRITY_HANDLER, INTEGRITY_LEADER = "integrity_handler", "integrity_leader"

OPENED, SUBMITTED, RESUBMITTED = "case:opened:1", "case:submitted:1", "case:resubmitted:1"
ASSISTED = "case:assistance-begun:1"
"""An officer, the actor, files for the applicant, and reviews nothing of the case."""
SET_ASIDE = "case:outcome-set-aside:1"
"""A re-examination brings the case back to where it ended, in a further round."""
DESIGNATED, RESCINDED = "case:substitute-designated:1", "case:act-rescinded:1"
RECUSED, RECUSAL_DECIDED = "case:recusal-declared:1", "case:recusal-decided:1"
TAKEN_BACK = "case:opinion-taken-back:1"
"""A handler's opinion counts no more, by that handler's own word."""
AMENDING, AMENDED = "case:amendment-proposed:1", "case:entry-amended:1"
"""What was entered at a stage, a posting or a vote, says something else."""
FORWARDED, RECOGNISED = "case:forwarded:1", "case:recognised:1"
REFERRED_UP = "case:referred-up:1"
"""Passed by every stage as a title is, but for the decision above, outside of this record."""
TAKEN_OVER = "case:stage-taken-over:1"
RETURNED, WITHDRAWN = "case:returned:1", "case:withdrawn:1"

SECRET_GIVEN, RELEASED = "account:secret-given:1", "account:identity-released:1"

REVIEWS = {
    "case:handler-opinion-given:1": HANDLER,
    "case:leader-approved:1": LEADER,
    "case:not-accepted:1": LEADER,
    "case:rejected:1": LEADER,
    RETURNED: None,
}
"""The acts for which a stage needs two persons, by seat; None where the event says it."""
BESIDE = {
    "case:judgement-recorded:1": None,
    "case:votes-recorded:1": HANDLER,
    "case:publicity-opened:1": HANDLER,
    "case:rescission-proposed:1": HANDLER,
    RESCINDED: LEADER,
    AMENDING: HANDLER,
    AMENDED: None,
    TAKEN_BACK: HANDLER,
}
"""Acts in a seat that are no review: no evidence of two persons, but still of one in both seats."""
DECIDED = {
    FORWARDED: "forwarded",
    RECOGNISED: "recognised",
    REFERRED_UP: "referred_up",
    "case:not-accepted:1": "not_accepted",
    "case:rejected:1": "rejected",
    "case:rejected-by-vote:1": "rejected",
}
"""How a case leaves a stage by its decision, which takes two persons."""
SPARED = {
    RETURNED: "returned",
    WITHDRAWN: "withdrawn",
    "case:lapsed:1": "lapsed",
    "case:disqualified:1": "disqualified",
    "case:returned-on-objection:1": "objection",
    "case:rejected-on-objection:1": "objection",
}
"""How a case leaves a stage without its decision, where that is evidenced itself."""
MATTERS = {
    "case:disqualified:1": "investigation",
    "case:returned-on-objection:1": "objection",
    "case:rejected-on-objection:1": "objection",
}
"""What is decided in a matter with two persons of its own, and the field that names its stream."""
HEARD = frozenset(
    {
        *(OPENED, SUBMITTED, RESUBMITTED, SET_ASIDE, DESIGNATED, TAKEN_OVER),
        *(RECUSED, RECUSAL_DECIDED, ASSISTED),
        *REVIEWS,
        *BESIDE,
        *DECIDED,
        *SPARED,
    }
)
"""What a verdict or its marks may rest on; every other event of a case changes none."""
