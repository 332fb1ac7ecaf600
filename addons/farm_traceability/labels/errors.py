"""What is wrong with a label: one exception, with a code, values and a sentence.

Templates are marked for translation with ``_``; whoever shows an error translates it
by :meth:`LabelError.sentence`.
"""


def _(text):
    """Marks a text for translation; it is translated when it is shown."""
    return text


FORMAT = {
    "size": _(
        "A label needs a width and a height above 0 and at most 1,000 mm, %(width)s × "
        "%(height)s mm are given; correct its size."
    ),
    "margins": _(
        "The margins leave no room on a label of %(width)s × %(height)s mm; make them "
        "smaller."
    ),
    "negative": _("%(field)s is %(value)s mm; write 0 or more."),
    "grid": _(
        "A sheet needs at least one row and one column, %(rows)s × %(columns)s are "
        "given; correct them."
    ),
    "half_page": _(
        "A sheet needs both the width and the height of its page; write both, or none "
        "for a roll."
    ),
    "roll_grid": _(
        "A roll has one label after another; write 1 row and 1 column, or the size of "
        "a page."
    ),
    "page_too_narrow": _(
        "%(columns)s columns need %(needed)s mm, the page is %(has)s mm wide; take "
        "fewer columns, narrower labels or smaller gaps."
    ),
    "page_too_short": _(
        "%(rows)s rows need %(needed)s mm, the page is %(has)s mm high; take fewer "
        "rows, lower labels or smaller gaps."
    ),
    "start": _(
        "The first label cannot lie at place %(start)s; the sheet has places 1 to "
        "%(places)s."
    ),
    "dpi": _("%(dpi)s dpi is no known resolution; choose one of %(known)s."),
    "dpi_differs": _(
        "The label was drawn for %(drawn)s dpi and cannot be sent to a printer of "
        "%(dpi)s dpi; draw it for this printer."
    ),
    "copies": _("%(copies)s copies cannot be printed; choose 1 to 9,999."),
}

BLOCK = {
    "kind": _("“%(kind)s” is no kind of block; choose one of %(known)s."),
    "block_size": _(
        "The %(block)s is %(width)s × %(height)s mm large; make both sides larger "
        "than 0."
    ),
    "block_number": _(
        "The %(block)s has “%(value)s” as %(field)s; write a number there."
    ),
    "rotation": _(
        "The %(block)s cannot be turned by %(rotation)s°; choose 0, 90, 180 or 270."
    ),
    "align": _(
        "The %(block)s cannot be aligned “%(align)s”; choose left, center or right."
    ),
    "font_size": _(
        "The %(block)s has letters of %(size)s points; choose 4 to 200 points."
    ),
    "terms": _(
        "“%(term)s” in the %(block)s is no application identifier; write them such as "
        "01 17? 10, with a question mark behind one that may be missing."
    ),
    "outside": _(
        "The %(block)s lies %(by)s mm outside of the label and its margins; move it or "
        "make it smaller."
    ),
    "unknown_field": _(
        "“%(field)s” in the %(block)s is no field of a label; choose one of %(known)s."
    ),
}

CONTENT = {
    "text_too_long": _(
        "“%(text)s” does not fit into the %(block)s of %(width)s × %(height)s mm; make "
        "the block larger or its letters smaller, or let it be cut."
    ),
    "letter": _(
        "“%(text)s” has the character “%(letter)s”, which the fonts of labels do not "
        "have; write it in another way."
    ),
    "value_missing": _(
        "The %(block)s needs (%(ai)s), which is not known here; fill it in, or write "
        "%(ai)s? in the template if it may be missing."
    ),
    "symbol_data": _("The %(block)s cannot be made: %(problem)s"),
    "symbol_too_long": _(
        "The %(block)s cannot hold “%(data)s”; shorten it or leave something out."
    ),
    "not_ean13": _(
        "The GTIN %(gtin)s has no EAN-13; use the GTIN of the consumer unit, or a "
        "GS1-128."
    ),
    "symbol_too_small": _(
        "The %(block)s needs %(needed_width)s × %(needed_height)s mm to be readable, "
        "it has %(has_width)s × %(has_height)s mm; make it larger or put less into it."
    ),
    "image": _("The picture “%(image)s” cannot be read; use a PNG or JPEG file."),
}

BLOCK_NAMES = {
    "text": _("text “%(content)s”"),
    "gs1_128": _("GS1-128 “%(content)s”"),
    "gs1_datamatrix": _("GS1 DataMatrix “%(content)s”"),
    "digital_link": _("QR code with GS1 Digital Link “%(content)s”"),
    "ean13": _("EAN-13 “%(content)s”"),
    "image": _("picture “%(content)s”"),
    "line": _("line"),
    "box": _("box"),
}

SENTENCES = {**FORMAT, **BLOCK, **CONTENT}


class LabelError(ValueError):
    """A label that cannot be printed.

    :param code: key of ``SENTENCES``
    :param values: for the placeholders of the sentence; a :class:`BlockName` and an
        error with a ``sentence`` of its own are translated with it; numbers of mm are
        rounded
    """

    def __init__(self, code, **values):
        self.code = code
        self.values = values
        super().__init__(code)

    def __str__(self):
        return self.sentence()

    def sentence(self, translate=str):
        """What is wrong and what to do.

        :param translate: gives the text of a template in the reader's language
        """
        values = {key: _shown(value, translate) for key, value in self.values.items()}
        return translate(SENTENCES[self.code]) % values


class BlockName:
    """How sentences call a block: its kind and its content."""

    def __init__(self, kind, content):
        self.kind, self.content = kind, content

    def sentence(self, translate=str):
        return translate(BLOCK_NAMES[self.kind]) % {"content": self.content}


def _shown(value, translate):
    if hasattr(value, "sentence"):
        return value.sentence(translate)
    if isinstance(value, float):
        return f"{value:.2f}".rstrip("0").rstrip(".")
    return value
