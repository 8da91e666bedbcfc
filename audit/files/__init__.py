"""Attached files: sealed in chunks, streamed in and out.

Here never belongs what a file is, which file a case needs, nor who may read it.
"""
