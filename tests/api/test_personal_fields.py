"""Every field of an answer that can hold words about somebody, and the test of who sees it.

A new field with such a name, or one that takes anything, fails here until somebody has said what
it holds and shown how it is kept from others.
"""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING, Any

from tests.api.described import DOCUMENT
from tests.house.source import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator

_ABOUT_SOMEBODY = re.compile(
    r"(^|_)(names?|numbers?|opinions?|reasons?|statement|notes?|contacts?|address|explanation"
    r"|evidence|grounds|text|words|findings?|suspicion|allegation|login|answer|summary|fields|data"
    r"|application|claims?|content|documents?|birth\w*|phone|mail|receipt|title|decision|problem)$"
)

MASKED = "test_access_matrix.py::test_nobody_is_shown_a_document_number_in_clear"
UNMASKED = "test_persons.py::test_unmasking_is_recorded_before_the_number_is_told"
ABSENT = "test_access_matrix.py::test_what_may_not_be_read_looks_as_if_it_were_not_there"
LISTED = "test_lists.py::test_a_list_shows_what_its_caller_may_read_and_nothing_else"
OPINIONS = (
    "test_access_matrix.py"
    "::test_an_opinion_is_shown_to_who_deals_with_the_case_and_masked_for_others"
)
OFFICERS = (
    "test_registers_of_inspectors.py::test_evidence_is_for_the_officers_and_a_number_is_masked"
)
DESKS = "test_access_of_offices.py::test_whom_it_does_not_concern_cannot_tell_it_from_nothing"
RENAMED = "test_renamings.py::test_two_officers_change_it_by_a_document_and_both_names_are_shown"
MOVES = "test_moves.py::test_it_is_shown_with_names_to_both_employers_and_to_nobody_else"
ACCESSIONS = "test_accessions.py::test_words_and_documents_are_for_who_is_to_decide"
CALLED = (
    "test_interface.py::test_ids_are_called_by_name_for_who_may_know"
    "_and_by_a_part_of_it_for_who_sees_what_they_did"
)
REFUSALS = "test_watching.py::test_refusals_are_for_those_who_watch"

ACHIEVEMENTS = (
    "test_achievements.py::test_nobody_confirms_their_own_and_nobody_but_the_employer_looks"
)
DRAWN = (
    "test_achievements.py"
    "::test_what_is_claimed_comes_out_of_ones_own_record_confirmed_by_the_employer"
)

AWAITED = (
    "test_achievements.py::test_who_must_confirm_is_shown_what_waits_with_the_button_that_does_it"
)

PERSONAL = {
    "WaitingAchievement.former_names": AWAITED,
    "WaitingAchievement.name": AWAITED,
    "WaitingAchievement.title": AWAITED,
    "AchievementEntry.reason": ACHIEVEMENTS,
    "AchievementEntry.title": ACHIEVEMENTS,
    "Accession.administrator_name": ACCESSIONS,
    "Accession.contact": ACCESSIONS,
    "Accession.document_number": ACCESSIONS,
    "AccessionReceipt.receipt": "test_objections.py::test_of_a_receipt_only_a_digest_is_kept",
    "Admitted.login": "test_accessions.py::test_words_and_documents_are_for_who_is_to_decide",
    "Account.former_names": ABSENT,
    "Account.login": ABSENT,
    "Account.name": ABSENT,
    "NamedActor.name": "test_own_account.py"
    "::test_an_account_is_told_of_itself_and_nobody_of_another",
    "RecordedListedPerson.present_title": "test_vacancy_forms.py"
    "::test_the_forms_of_an_employer_are_listed_for_those_above",
    "ToldEvent.fields": "test_watching.py::test_the_feed_holds_no_words_about_people",
    "AccountEvent.fields": "test_own_account.py"
    "::test_an_account_is_told_of_itself_and_nobody_of_another",
    "AccountRow.former_names": LISTED,
    "AccountRow.login": LISTED,
    "AccountRow.name": LISTED,
    "Answerable.name": ABSENT,
    "Said.name": "test_certificate_verification.py"
    "::test_another_name_is_answered_like_a_number_that_there_is_not",
    "Called.name": CALLED,
    "Case.application": OPINIONS,
    "CaseEvent.fields": OPINIONS,
    "CloudEvent.data": "test_watching.py::test_the_feed_holds_no_words_about_people",
    "Correction.evidence": OFFICERS,
    "Correction.number": OFFICERS,
    "Document.number": MASKED,
    "DrawnAchievement.title": DRAWN,
    "Entry.former_names": "test_misconduct.py::test_nobody_reads_the_record_without_a_reason",
    "Entry.name": "test_misconduct.py::test_nobody_reads_the_record_without_a_reason",
    "Entry.reason": "test_misconduct.py::test_nobody_reads_the_record_without_a_reason",
    "Event.fields": OPINIONS,
    "Finding.finding": OPINIONS,
    "Followed.answer": "test_objections.py"
    "::test_the_objector_withdraws_by_receipt_and_nobody_without_one",
    "Hold.reason": "test_registers_of_inspectors.py"
    "::test_what_watchers_do_is_listed_for_watchers_alone",
    "Holder.reason": ABSENT,
    "Link.evidence": OFFICERS,
    "Person.documents": MASKED,
    "Person.former_names": ABSENT,
    "Person.name": ABSENT,
    "Person.names": ABSENT,
    "PersonNamed.name": ABSENT,
    "PersonNamed.number": RENAMED,
    "Publicity.name": "test_publicity.py"
    "::test_the_public_sees_what_is_posted_and_no_document_number",
    "Receipt.receipt": "test_objections.py::test_of_a_receipt_only_a_digest_is_kept",
    "TakenRow.login": "test_intakes.py::test_nobody_takes_a_list_in_for_another_organisation",
    "Move.former_names": MOVES,
    "Move.name": MOVES,
    "Move.number": "test_moves.py::test_the_number_of_the_document_is_masked",
    "Renaming.former_names": DESKS,
    "Renaming.name": DESKS,
    "Renaming.new_name": DESKS,
    "Renaming.number": OFFICERS,
    "RecordedReturnItem.problem": OPINIONS,
    "RecordedRefusal.explanation": REFUSALS,
    "Unmasked.documents": UNMASKED,
    "Waiting.applicant_former_names": "test_renamings.py"
    "::test_what_was_done_keeps_the_name_and_what_waits_has_the_new",
    "Waiting.applicant_name": "test_watching.py::test_ones_own_case_is_marked_as_one_not_to_act_in",
    "WindowExtension.reason": ABSENT,
}
"""Words about somebody, with the test that asserts from whom they are kept."""

IMPERSONAL = {
    "Actor.organisation_name": "an organisation",
    "NamedActor.organisation_name": "an organisation",
    "LawAsked.number": "of an edition",
    "LawContact.address": "of an office",
    "LawContact.name": "of an office",
    "LawPlace.address": "of an office",
    "LawReference.address": "of a site",
    "LawSilent.document": "that a notice names",
    "RecordedSupplement.number": "of an edition",
    "RecordedSupplement.title": "of an edition",
    "ToldEvent.title": "what happened",
    "DrawnAchievement.claim": "the id of a claim",
    "Employer.name": "of an organisation",
    "RecordedAchievement.claim": "the id of a claim",
    "RecordedAnnualAssessment.claim": "the id of a claim",
    "RecordedAssessmentResult.reasons": "codes with their rules",
    "RecordedEducation.claim": "the id of a claim",
    "RecordedHeldTitle.claim": "the id of a claim",
    "RecordedInsurance.claim": "the id of a claim",
    "RecordedLawReference.number": "of an edition",
    "RecordedLicence.claim": "the id of a claim",
    "RecordedParticular.claim": "the id of a claim",
    "RecordedParticular.name": "of a fact",
    "RecordedSpan.claim": "the id of a claim",
    "RecordedSpan.name": "of a list of periods",
    "RecordedWorkPeriod.claim": "the id of a claim",
    "RecusalApplication.application": "an id",
    "Report.document": "the number of a decision",
    "Report.title": "which title it is",
    "Stage.name": "of an organisation",
    "ActEvent.data": "an act as `CaseAct` lists it",
    "BodyMember.name": "of a member of a body",
    "CaseAct.number": "of a case",
    "CaseAct.organisation_name": "of an organisation",
    "CaseAct.title": "what an event is called",
    "Difference.address": "of a value in a pack",
    "Difference.entry_name": "of an entry of a pack",
    "Difference.key_name": "of a value of a pack",
    "Difference.kind_name": "what a word is called",
    "Difference.section_name": "of a section of a pack",
    "Flip.number": "of a case",
    "Judged.reasons": "the sentences of a law, on what the case itself shows",
    "Unnamed.number": "how many",
    "Dealing.decision": "what was decided, in a word",
    "CalledNames.names": "rows",
    "Qualifier.name": "what a word is called",
    "Qualifier.words": "of a vocabulary",
    "Vocabulary.name": "what a word is called",
    "Drawn.number": "of a case",
    "Offer.address": "of an operation",
    "Way.address": "of an operation",
    "Accession.documents": "scans, by their files",
    "Accession.name": "of an organisation",
    "AccessionFollowed.documents": "how many",
    "Move.joins_name": "of an organisation",
    "Move.leaves_name": "of an organisation",
    "AccountEvent.title": "what an event is called",
    "Ageing.employer_name": "of an organisation",
    "Ageing.organisation_name": "of an organisation",
    "Matter.kind_name": "what a word is called",
    "StandingStill.kind_name": "what a word is called",
    "StandingStill.organisation_name": "of an organisation",
    "Matter.organisation_name": "of an organisation",
    "CaseRow.employer_name": "of an organisation",
    "CaseRow.organisation_name": "of an organisation",
    "Named.document": "of a document that an office issued",
    "Named.name": "of an organisation",
    "Organisation.names": "of an organisation, one after the other",
    "SeparationFinding.organisation_name": "of an organisation",
    "Trail.organisation_name": "of an organisation",
    "Waiting.employer_name": "of an organisation",
    "Waiting.organisation_name": "of an organisation",
    "WaitingAchievement.organisation_name": "of an organisation",
    "ActReceipt.number": "of a case",
    "ActReceipt.receipt": "a position",
    "ActReceipt.title": "what an event is called",
    "Ageing.number": "of a case",
    "Case.number": "of a case",
    "CaseDuties.number": "of a case",
    "CaseRow.number": "of a case",
    "DecisionDocument.content": "a digest",
    "DecisionDocument.decision": "an id",
    "DecisionDocument.number": "of a document that an office issued",
    "DecisionDocument.title": "of such a document",
    "Entry.decision": "the number of a decision",
    "ErasureRow.decision": "the number of a decision",
    "CaseEvent.title": "what an event is called",
    "Event.title": "what an event is called",
    "Finding.claim": "an id",
    "Grant.document": "of a document that an office issued",
    "GrantPassedOn.by_name": "of an organisation",
    "GrantPassedOn.document": "of a document that an office issued",
    "GrantPassedOn.holder_name": "of an organisation",
    "History.number": "of a case",
    "InvestigationRow.decision": "the number of a decision",
    "InvestigationRow.number": "of a case",
    "InvestigationRow.organisation_name": "of an organisation",
    "Holder.document": "the number of an appointment's document",
    "Lack.kind_name": "what a word is called",
    "Lack.lacks_name": "what a word is called",
    "Lack.name": "of an organisation",
    "Lack.number": "how many",
    "Edition.number": "the version of a pack",
    "Edition.title": "of a notice",
    "Notice.number": "of a document that an office issued",
    "SeenEdition.documents": "digests of texts",
    "SeenEdition.number": "the version of a pack",
    "SeenEdition.pending_reason": "what an office says in public",
    "SeenEdition.reason": "what an office says in public",
    "SeenEdition.title": "of a notice",
    "Mandate.document": "the number of a mandate",
    "SeenMandate.document": "the number of a mandate",
    "Organisation.name": "of an organisation",
    "OrganisationRow.name": "of an organisation",
    "Pack.contacts": "of offices, as the notice prints them",
    "Pack.document": "the number of a notice",
    "Pack.documents": "kinds of outcome documents",
    "Pack.number": "the version of a pack",
    "Pack.title": "of a notice",
    "PackRow.document": "the number of a notice",
    "PackRow.number": "the version of a pack",
    "PackRow.title": "of a notice",
    "Publicity.address": "of an office",
    "Publicity.content": "a digest",
    "Publicity.number": "of a case",
    "Right.kind_name": "what a word is called",
    "Right.name": "of an organisation",
    "RuleText.own_words": "whether there are any",
    "SeparationFinding.number": "of a case",
    "SeparationFindingsPage.findings": "rows",
    "Staff.name": "of an organisation",
    "Staff.task_name": "what a word is called",
    "TitleRow.organisation_name": "of an organisation",
    "UnfinishedFinding.decision": "the number of a decision",
    "UnfinishedFindingsPage.findings": "rows",
    "VacancyStatement.opinions": "seals of offices",
    "VacancyStatement.statement": "a version",
    "Waiting.number": "of a case",
    "ObjectionRow.real_name": "whether one was given",
}
"""Names that sound like it, and what they hold instead."""

SCHEMAS: dict[str, Any] = DOCUMENT["components"]["schemas"]


def answered() -> set[str]:
    """The names of all schemas that some answer holds."""
    found: set[str] = set()
    waiting = [
        name
        for operations in DOCUMENT["paths"].values()
        for method, operation in operations.items()
        if method != "parameters"
        for name in named_in(operation["responses"])
    ]
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting += named_in(SCHEMAS[name])
    return found


def named_in(part: object) -> Iterator[str]:
    """The schemas that a part of the document refers to."""
    if isinstance(part, dict):
        reference = part.get("$ref", "")
        if "/schemas/" in reference:
            yield reference.rpartition("/")[2]
        for each in part.values():
            yield from named_in(each)
    elif isinstance(part, list):
        for each in part:
            yield from named_in(each)


def test_every_field_that_sounds_personal_is_said_to_be_or_not() -> None:
    sounding = {
        f"{name}.{field}"
        for name in answered()
        for field in SCHEMAS[name].get("properties", {})
        if _ABOUT_SOMEBODY.search(field)
    }
    assert sounding == set(PERSONAL) | set(IMPERSONAL)
    assert not set(PERSONAL) & set(IMPERSONAL)


def test_every_personal_field_has_a_test_that_asserts_who_sees_it() -> None:
    for place in set(PERSONAL.values()):
        file, _, test = place.partition("::")
        tree = ast.parse((ROOT / "tests" / "api" / file).read_text("utf-8"))
        assert test in {each.name for each in tree.body if isinstance(each, ast.FunctionDef)}, place
