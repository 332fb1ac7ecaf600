"""From records to drawings: the one place where Odoo meets the label room."""

import base64
import binascii

from ...labels import Block, Format, Values, draw

# Sizes of what labels lie on, in mm, upright.
PAPER = {"a4": (210.0, 297.0), "a5": (148.0, 210.0), "letter": (215.9, 279.4)}
PLACES = ("rows", "columns", "page_left", "page_top", "gap_x", "gap_y")
MARGINS = ("margin_left", "margin_top", "margin_right", "margin_bottom")


def make_format(template):
    """:raises LabelError: if the template cannot be printed on its paper"""
    page_width, page_height = PAPER.get(template.paper, (None, None))
    places = PLACES if page_width else ()
    return Format(
        width=template.width,
        height=template.height,
        rotated=template.orientation == "turned",
        page_width=page_width,
        page_height=page_height,
        **{name: template[name] for name in (*MARGINS, *places)},
    )


class Drawer:
    """Draws the labels of one template.

    :param template: a ``farm.label.template``, in the language of its labels
    :param int dpi: of the printer; the template's without it
    """

    def __init__(self, template, dpi=None):
        self.format = make_format(template)
        # Pictures are asked for, not their sizes.
        self.blocks = list(template.with_context(bin_size=False).block_ids)
        roll_dpi = dpi or int(template.dpi)
        self.dpi = None if self.format.is_sheet else roll_dpi
        self.files = {}
        self.kept = {}

    def draw(self, texts, elements, images, domain):
        """One label.

        :param images: base64 of pictures by the names of the block's selection
        :raises LabelError: for the first thing that cannot be printed
        """
        values = Values(texts, elements, self._files_of(images), domain)
        blocks = [
            self._block(record, content)
            for record in self.blocks
            if (content := self._content(record, values)) is not None
        ]
        return draw(self.format, blocks, values, self.dpi)

    def _block(self, record, content):
        """The block of a label; one whose content comes again is checked once."""
        key = (record.id, content)
        if key not in self.kept:
            self.kept[key] = self._made_block(record, content)
        return self.kept[key]

    def _made_block(self, record, content):
        return Block(
            kind=record.kind,
            x=record.x,
            y=record.y,
            width=record.width,
            height=record.height,
            content=content,
            font_size=record.font_size,
            bold=record.bold,
            align=record.align,
            rotation=int(record.rotation),
            caption=record.caption or "",
            module=record.module or None,
            may_cut=record.may_cut,
        )

    def _content(self, record, values):
        """What the block says of this label; None where it is left out."""
        if record._is_symbol():
            return self._terms(record, values)
        if record.kind == "text":
            return self._text(record, values)
        if record.kind == "image":
            return self._picture_name(record, values)
        return ""

    def _text(self, record, values):
        names = record._get_placeholders()
        is_empty = names and not any(values.texts.get(name) for name in names)
        return None if is_empty and record.is_optional else record.content or ""

    def _terms(self, record, values):
        terms = [
            (self._code(code, values), optional)
            for code, optional in record._get_terms()
        ]
        needed = [code for code, optional in terms if not optional]
        if record.is_optional and not all(map(values.elements.get, needed)):
            return None
        return " ".join(code + "?" * optional for code, optional in terms)

    def _code(self, code, values):
        """The identifier itself, where the template leaves its decimals open."""
        if not code.endswith("n"):
            return code
        known = (one for one in values.elements if one.startswith(code[:3]))
        return next(known, f"{code[:3]}3")

    # -- pictures ---------------------------------------------------------------------

    def _picture_name(self, record, values):
        if record.picture != "own":
            return record.picture if record.picture in values.images else None
        name = f"own-{record.id}"
        values.images[name] = self._file(record.image)
        return name if values.images[name] else None

    def _files_of(self, images):
        files = {name: self._file(image) for name, image in images.items()}
        return {name: file for name, file in files.items() if file}

    def _file(self, image):
        """The file of a picture; each is decoded once for all labels."""
        if image not in self.files:
            self.files[image] = _decoded(image)
        return self.files[image]


def _decoded(image):
    try:
        return base64.b64decode(image or "", validate=True)
    except binascii.Error:
        return None
