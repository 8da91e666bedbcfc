"""Facts about the private PostgreSQL, with the real one, killed in earnest."""
