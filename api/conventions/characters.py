"""Characters that no text of a request holds, or that alone say nothing, as patterns name them."""

from __future__ import annotations

CONTROL = r"\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f"
"""Control characters, but for tab and line ends."""
DIRECTION = r"\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
"""What turns the direction of the text around it (Bidi_Control of Unicode)."""
UNSEEN = (
    rf"\u00ad\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200d\u2060-\u2065\u206a-\u206f\u2800"
    rf"\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb{DIRECTION}"
)
"""What nobody sees, though it is no space (Default_Ignorable_Code_Point of Unicode, the braille
blank and the marks of annotation): joiners, fillers, variation selectors."""
UNSEEN_BEYOND = r"\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
"""What of it lies beyond the four digits that every reader of a pattern knows."""
