"""By which power an organisation does what: one act, one power; what is not named needs none.

``api.access`` says who may do an act, of whatever organisation; ``api.acts.competence`` asks
whether theirs has the power for it.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from api.access import Act
from domain.authority.power import (
    ERASURE,
    IDENTITY,
    INTEGRITY,
    LAW,
    OBJECTIONS,
    REGISTRY,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

BODY = "body"
"""The power to be the body that acts at the stage of a case, or to be one at all."""

POWERS: Mapping[Act, str] = MappingProxyType(
    {
        Act.REGISTER_ORGANISATION: REGISTRY,
        Act.RENAME_ORGANISATION: REGISTRY,
        Act.PLACE_ORGANISATION: REGISTRY,
        Act.MERGE_ORGANISATION: REGISTRY,
        Act.CLOSE_ORGANISATION: REGISTRY,
        Act.DESCRIBE_ORGANISATION: REGISTRY,
        Act.CORRECT_CREDIT_CODE: REGISTRY,
        Act.RETURN_ACCESSION: REGISTRY,
        Act.APPROVE_ACCESSION: REGISTRY,
        Act.DECLINE_ACCESSION: REGISTRY,
        Act.OPEN_ACCOUNT: REGISTRY,
        Act.DISABLE_ACCOUNT: REGISTRY,
        Act.GIVE_CODE: REGISTRY,
        Act.BIND_ACCOUNT: REGISTRY,
        Act.ACCEPT_MOVE: REGISTRY,
        Act.RELEASE_MOVE: REGISTRY,
        Act.PUBLISH_DECISION: BODY,
        Act.CORRECT_DECISION: BODY,
        Act.PROPOSE_EXTENSION: BODY,
        Act.GRANT_EXTENSION: BODY,
        Act.SEAL_VACANCIES: BODY,
        Act.BEGIN_ASSISTANCE: BODY,
        Act.RECORD_CONSENT: BODY,
        Act.GIVE_OPINION: BODY,
        Act.DECIDE: BODY,
        Act.RETURN: BODY,
        Act.RECORD_JUDGEMENT: BODY,
        Act.DECIDE_RECUSAL: BODY,
        Act.DESIGNATE_SUBSTITUTE: BODY,
        Act.TAKE_OVER: BODY,
        Act.ISSUE_CERTIFICATE: BODY,
        Act.VOID_CERTIFICATE: BODY,
        Act.PUBLICISE: BODY,
        Act.GO_ON: BODY,
        Act.RECEIVE_PAPERS: BODY,
        Act.TAKE_FEES: BODY,
        Act.AMEND_RECEIPTS: BODY,
        Act.RECORD_VOTES: BODY,
        Act.RESCIND: BODY,
        Act.EXTEND_WINDOW: BODY,
        Act.WITHHOLD_MATERIAL: BODY,
        Act.PURGE_MATERIAL: BODY,
        Act.PROPOSE_LINK: IDENTITY,
        Act.CONFIRM_LINK: IDENTITY,
        Act.ATTEST_HOLDER: IDENTITY,
        Act.PROPOSE_RENAMING: IDENTITY,
        Act.CONFIRM_RENAMING: IDENTITY,
        Act.OPEN_INVESTIGATION: INTEGRITY,
        Act.CONDUCT_INVESTIGATION: INTEGRITY,
        Act.DECIDE_INVESTIGATION: INTEGRITY,
        Act.DECIDE_REVIEW: INTEGRITY,
        Act.TAKE_OVER_INVESTIGATION: INTEGRITY,
        Act.DECIDE_REEXAMINATION: INTEGRITY,
        Act.CRITICISE: INTEGRITY,
        Act.EXCHANGE_INTEGRITY: INTEGRITY,
        Act.SCREEN_OBJECTION: OBJECTIONS,
        Act.IDENTIFY_OBJECTOR: OBJECTIONS,
        Act.INVESTIGATE_OBJECTION: OBJECTIONS,
        Act.SETTLE_OBJECTION: OBJECTIONS,
        Act.TAKE_OVER_OBJECTION: OBJECTIONS,
        Act.CLOSE_COMPLAINT: OBJECTIONS,
        Act.ERASE_WORDS: OBJECTIONS,
        Act.PROPOSE_LAW: LAW,
        Act.CONFIRM_LAW: LAW,
        Act.READ_IMPACT: LAW,
        Act.REQUEST_ERASURE: ERASURE,
        Act.APPROVE_ERASURE: ERASURE,
    }
)
"""By which power the organisation that acts does an act, beside what the table says of its people.

What somebody does in their own affair, or as a watcher, needs none.
"""
AT_HOME = frozenset(
    {
        Act.OPEN_ACCOUNT,
        Act.DISABLE_ACCOUNT,
        Act.GIVE_CODE,
        Act.BIND_ACCOUNT,
        Act.ACCEPT_MOVE,
        Act.RELEASE_MOVE,
        Act.BEGIN_ASSISTANCE,
        Act.DESIGNATE_SUBSTITUTE,
        Act.SEAL_VACANCIES,
    }
)
"""What an organisation does by itself in its own house, and by a power in another's."""
