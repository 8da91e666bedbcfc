"""The front door's own tables, beside the record: none holds a fact, each may be emptied."""
