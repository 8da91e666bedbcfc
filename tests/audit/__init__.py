"""Facts about the record: its bytes, its order, its keys, and what it refuses to lose."""
