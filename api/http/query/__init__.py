"""The one language in which lists, files and the feed are narrowed: ``leader:… decided:>=…``.

Here belongs how a query is written, which qualifiers each list has, of what type and under which
act of the table of access, and how it is said in words.
Here never belongs SQL, which stands with the views, nor a name or a document number of anybody:
who is sought by these is asked at ``/v1/searches``, and the query holds the id of the search.
"""
