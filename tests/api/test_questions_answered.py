"""What those who look at the record have asked for in vain once, and where it is answered now.

Each question is put over HTTP, or on the command line where it is an operator's, by a test that
is named here, as the role that asks it.
"""

from __future__ import annotations

from importlib import import_module

import pytest

ANSWERED = {
    "a city's auditor and inspector: which integrity entries concern their area": (
        "test_integrity_scope.test_a_watcher_of_an_area_reads_and_takes_out_what_concerns_it",
    ),
    "anybody who reads a person: whether a title still stands, and since when not": (
        "test_lost_titles.test_a_revoked_title_is_shown_as_revoked_since_when",
        "test_lists_folded.test_titles_are_those_of_a_fold_to_whoever_sees_the_person",
    ),
    "an auditor: a leader's cases of a quarter with their handlers": (
        "test_query.test_a_leaders_decisions_of_a_time_are_one_query_with_their_handlers",
    ),
    "an auditor: all that an account did": (
        "test_query.test_all_that_an_account_did_is_one_query",
    ),
    "an auditor: what was returned so often": (
        "test_query.test_terms_narrow_are_turned_round_and_order",
    ),
    "an auditor: a case by the number or the name that somebody has, and a person's cases": (
        "test_query.test_who_is_named_is_sought_on_record_and_their_cases_by_the_search",
    ),
    "an auditor: what was refused on a day, and to whom": (
        "test_query.test_what_was_refused_is_asked_for_by_day_by_who_tried_and_of_its_case",
    ),
    "an auditor, an inspector: the words of a case, under a mandate": (
        "test_mandates.test_a_case_is_looked_into_under_one_that_is_about_it",
        "test_samples.test_each_case_of_a_sample_is_read_in_clear_and_on_record",
    ),
    "an auditor: a sheet to be put before a leader": (
        "test_sheets.test_a_sheet_says_in_chinese_who_handled_and_who_led_with_names_beside_ids",
        "test_sheets.test_the_header_stays_in_sight_and_narrows",
    ),
    "an inspector: a decision that is one of a list, under the number of a document": (
        "test_due_process.test_a_decision_is_one_of_a_list_and_a_document_number_is_one",
    ),
    "a developer: a client that is generated, typed, and carries a case to its end": (
        "clients:test_clients.test_a_python_client_is_sound_by_its_types",
        "clients:test_clients.test_a_typescript_client_carries_a_case_from_account_to_certificate",
        "test_by_acts.test_a_county_recognises_somebody_by_what_acts_tell",
        "test_interface.test_the_vocabulary_has_both_labels_of_every_act_and_event",
    ),
    "a developer: a page of another origin": (
        "test_interface.test_a_page_of_a_named_origin_may_ask_and_no_other",
    ),
    "an operator: who reviewed a case, by its number, at eighty columns, and a status": (
        "test_separation_proof.test_a_case_is_proved_by_its_number_in_lines_that_are_never_cut",
        "test_separation_proof.test_one_person_in_both_seats_makes_the_command_fail",
    ),
    "a city's auditor: who looked at whom": (
        (
            "test_consultation_scope"
            ".test_an_auditor_of_an_area_is_shown_who_looked_there_or_at_somebody_of_it"
        ),
    ),
    "anybody: where a case stands, in one word wherever it is told, and no other": (
        "test_closed_words.test_an_unknown_word_is_refused_with_those_that_exist",
        "test_closed_words.test_a_title_with_a_certificate_is_called_the_same_wherever_it_is_shown",
    ),
}
"""By who asks what: the tests that ask it, of this folder unless another is named."""


@pytest.mark.parametrize("question", ANSWERED)
def test_a_question_is_asked_by_a_test_of_the_running_product(question: str) -> None:
    for each in ANSWERED[question]:
        folder, _, test = each.rpartition(":")
        module, _, name = test.partition(".")
        assert callable(getattr(import_module(f"tests.{folder or 'api'}.{module}"), name))
