"""What people look at: tables that can be dropped and rebuilt from the record at any time.

Here belong views, one file each (its rows, how an event changes them, what can be asked of
them), and the one loop that makes all of them follow the record.
Here never belongs a decision, a rule of law, or a fact that is not in the record: whatever a
view knows it has read there, so dropping it loses nothing.

Views read the stored fields of events, not unsealed events.
So following needs no key, a rebuild gives the same bytes after a key was destroyed as
before, and no name, number or opinion of a human being ever stands in a view in the clear:
rows hold ids, codes, dates and the sealed words exactly as they stand in the record.
The one exception is ``projections.names``, the blind index by which a person is found; it
holds keyed digests and loses them with the key.

What a view can say of the past:

* of any position and any day: ``organisations`` (who held a seat), ``integrity`` (what was known,
  and what was in effect), ``people.circle`` (who was one human being);
* as then and as corrected since: ``separation``;
* of the past as it was, because its rows never change: ``timeline``, ``refusals``,
  ``consultations``;
* of now alone: all others; a case as of an earlier position is a fold of its own stream.

Of ``audit`` this package uses only what reads and follows the record.
"""
