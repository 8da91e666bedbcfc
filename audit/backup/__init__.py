"""Backup and restore of one record, as the owner of its database.

Here belongs what reads every table of a record in one snapshot, what puts them back into an empty
database, and what proves that they are the same. Here never belong keys: they lie apart from the
data, and so do their copies. Views are not saved, they are rebuilt; a backup only says what they
were, so that the rebuilt ones can be compared.

A backup is a directory::

    manifest.json   what it is; written last, so a directory without it is no backup
    event.copy      one file a table, in PostgreSQL's binary COPY format, sorted by key
    …
"""
