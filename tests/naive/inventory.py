"""Which lists the API offers, as its OpenAPI document has them, and what holds the others."""

from __future__ import annotations

from typing import Any

COMPARED_HERE = {
    "/v1/act-facets",
    "/v1/case-facets",
    "/v1/integrity-records",
    "/v1/investigation-facets",
    "/v1/organisations/{organisation_id}/appointments",
    "/v1/organisations/{organisation_id}/grants",
    "/v1/refusal-facets",
    "/v1/title-facets",
}
"""What is asked as of a day, or with a query, and is held against the fold by a test of its own."""
HELD_BY = {
    "/v1/account/history": "tests/api/test_own_account.py"
    "::test_an_account_is_told_of_itself_and_nobody_of_another",
    "/v1/account/sign-ins": "tests/api/test_own_account.py"
    "::test_the_holder_reads_how_often_and_where_the_secret_was_right_or_wrong",
    "/v1/cases/{case_id}/achievements": "tests/api/test_achievements.py"
    "::test_what_is_claimed_comes_out_of_ones_own_record_confirmed_by_the_employer",
    "/v1/persons/{person_id}/achievements": "tests/api/test_achievements.py"
    "::test_the_employer_of_that_time_confirms_what_was_entered_with_it",
    "/v1/sessions": "tests/api/test_sign_in.py::test_the_sessions_of_others_look_absent",
    "/v1/editions/{edition_id}/impact": "tests/api/test_impact.py"
    "::test_a_case_is_named_to_nobody_who_may_not_read_it",
    "/v1/exports/under-way": "tests/api/test_exports_under_way.py"
    "::test_who_waits_for_a_file_is_told_how_far_it_has_come_and_nobody_else_is",
    "/v1/policy-packs": "tests/api/test_policy_packs.py"
    "::test_every_pack_is_on_record_under_its_digest",
    "/v1/qualifiers": "tests/api/test_query.py"
    "::test_the_server_tells_every_qualifier_with_its_words",
    "/v1/vocabulary": "tests/api/test_vocabularies.py"
    "::test_no_two_words_of_a_vocabulary_share_a_name",
    "/v1/queries": "tests/api/test_stored_queries.py"
    "::test_who_opens_a_shared_query_finds_what_they_may_see",
}
"""What is no fold of the record, the law's, or somebody's own alone; and the test that holds it."""
PROVINCE = {
    "asking.py",
    "hand.py",
    "left_under_way.py",
    "lives.py",
    "made_about_people.py",
    "made_by_employers.py",
    "made_by_offices.py",
    "serving_program.py",
    "walked.py",
}
"""The files here in which the province is walked, served and asked; the others reckon."""
_BESIDE = {"acts", "count", "counted_all", "effective_at", "version"}
"""What an answer tells beside its rows."""


def lists_of(document: dict[str, Any]) -> set[str]:
    """The addresses at which things are listed: page by page, or all rows of an answer at once."""
    return {
        path
        for path, operations in document["paths"].items()
        if path.startswith("/v1/") and _lists(document, operations.get("get"))
    }


def _lists(document: dict[str, Any], operation: dict[str, Any] | None) -> bool:
    if operation is None:
        return False
    if any(each.get("name") == "cursor" for each in operation["parameters"]):
        return True
    content = operation["responses"]["200"].get("content", {}).get("application/json", {})
    members = _resolved(document, content.get("schema", {})).get("properties", {})
    named = members.keys() - _BESIDE
    return len(named) == 1 and _resolved(document, members[min(named)]).get("type") == "array"


def _resolved(document: dict[str, Any], schema: dict[str, Any]) -> dict[str, Any]:
    name = schema.get("$ref", "").rpartition("/")[2]
    resolved: dict[str, Any] = document["components"]["schemas"][name] if name else schema
    return resolved
