"""Files that are looked into: made by scripts of our own, whole, broken and hostile."""
