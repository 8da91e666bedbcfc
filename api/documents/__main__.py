"""``python -m api.documents``: write every document that follows from the program."""

from api.documents import DOCUMENTS

for place, current in DOCUMENTS.items():
    place.write_text(current(), encoding="utf-8")
