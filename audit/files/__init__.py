"""Attached files: told what they are, sealed in chunks, streamed in and out.

Here never belongs which file a case needs, nor who may read it.
"""
