"""The law of this installation: packs on disk, the book of them, their editions and texts."""
