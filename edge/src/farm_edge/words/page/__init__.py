"""What stands on the page beside the values, in each language.

What a step tells, and reasons, are sentences of ``farm_edge.words`` itself.
"""

from __future__ import annotations

from . import en, id

LABELS = {"en": en.LABELS, "id": id.LABELS}
LANGUAGES = tuple(LABELS)
