"""The leaf: an event with its envelope as the bytes that are stored, hashed and proved, and back.

Here belongs what those bytes look like, for ever.
Here never belongs where they are stored, nor the keys that seal words inside them.
"""
