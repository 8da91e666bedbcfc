"""What the views know of the vocabulary."""

from __future__ import annotations

from domain.event import topics
from projections.catalogue import VIEWS

UNSEEN = {
    "authority:administrators-replaced:1",
    "authority:declined:1",
    "authority:granted:1",
    "authority:passed-on:1",
    "authority:proposed:1",
    "authority:rooted:1",
    "authority:withdrawal-proposed:1",
    "authority:withdrawn:1",
    "case:assistance-ended:1",
    "case:material-withheld:1",
    "creditcode:applied-for:1",
    "creditcode:claimed:1",
    "creditcode:released:1",
    "link:confirmed:1",
    "windows:extension-declined:1",
    "windows:extension-granted:1",
    "windows:extension-proposed:1",
    "person:account-held:1",
    "person:account-released:1",
    "person:account-shown-theirs:1",
    "person:filing-begun:1",
    "person:filing-ended:1",
    "person:moved:1",
    "person:title-correction-reported:1",
    "person:title-reported:1",
    "policy:published:1",
    "text:entered:1",
    "policy:filings-resumed:1",
    "policy:filings-suspended:1",
    "policy:withdrawn:1",
    "policy:put-in-force:1",
    "posting:objection-received:1",
    "posting:objection-screened:1",
    "record:demonstration-declared:1",
    "record:time-resumed:1",
}
"""Topics that no view needs: they say nothing that a list shows, or say it again."""


def of_the_record() -> set[str]:
    """Every topic but those that tests and benches make up."""
    made_up = ("test", "bench", "sample")
    return {topic for topic in topics() if topic.partition(":")[0] not in made_up}


def test_every_topic_is_followed_by_some_view_or_known_not_to_be() -> None:
    followed = {topic for view in VIEWS for topic in view.evolve}
    assert of_the_record() - followed == UNSEEN - followed


def test_names_of_views_and_tables_are_told_apart() -> None:
    names = [view.name for view in VIEWS]
    tables = [table.name for view in VIEWS for table in view.tables]
    assert len(set(names)) == len(names)
    assert len(set(tables)) == len(tables)
