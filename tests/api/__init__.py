"""Facts about the front door."""
