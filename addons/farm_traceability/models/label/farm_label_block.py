import re

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ...gs1 import identifiers
from .sentences import in_words

KINDS = [
    ("text", "Text"),
    ("gs1_datamatrix", "GS1 DataMatrix"),
    ("gs1_128", "GS1-128"),
    ("digital_link", "QR with GS1 Digital Link"),
    ("ean13", "EAN-13"),
    ("image", "Picture"),
    ("line", "Line"),
    ("box", "Frame"),
]
SYMBOL_KINDS = {"gs1_datamatrix", "gs1_128", "digital_link", "ean13"}
# What a text may name in braces, in the order in which it is offered.
PLACEHOLDERS = [
    ("product", "Product"),
    ("product_code", "Internal Reference"),
    ("lot", "Lot"),
    ("farmer", "Farmer"),
    ("group", "Farmer Group"),
    ("plot", "Plot"),
    ("region", "Plot's Region"),
    ("harvest_date", "Harvest Date"),
    ("packed_date", "Packed on"),
    ("best_before", "Best Before"),
    ("expiry", "Expiry"),
    ("grade", "Grade"),
    ("weight", "Weight"),
    ("quantity", "Quantity"),
    ("count", "Count"),
    ("certificate", "Certificate Number"),
    ("price", "Price"),
    ("gtin", "GTIN"),
    ("package", "Package"),
    ("sscc", "SSCC"),
    ("location", "Place"),
    ("company", "Company"),
    ("number", "Number of the Label"),
    ("total", "Labels of the Lot"),
]
NAMES = {name for name, _label in PLACEHOLDERS}
BRACED = re.compile(r"\{([^{}]*)\}")
TERM = re.compile(r"([0-9]{2,4}|3[0-9]{2}n)(\?)?$")


class FarmLabelBlock(models.Model):
    """One thing on a label: a text, a symbol, a picture, a line."""

    _name = "farm.label.block"
    _description = "Block of a Label"
    _order = "sequence, id"

    template_id = fields.Many2one(
        "farm.label.template", required=True, index=True, ondelete="cascade"
    )
    sequence = fields.Integer(default=10)
    kind = fields.Selection(KINDS, default="text", required=True)
    x = fields.Float("From Left", default=2.0, digits=(6, 2))
    y = fields.Float("From Top", default=2.0, digits=(6, 2))
    width = fields.Float(default=40.0, digits=(6, 2))
    height = fields.Float(default=6.0, digits=(6, 2))
    content = fields.Char(
        help="Text: words and values such as {lot} or {expiry}. Symbols: application"
        " identifiers such as 01 10 17?; one with a question mark is left out where its"
        " value is not known; 310n is the weight with as many decimals as fit.",
    )
    placeholder = fields.Selection(
        PLACEHOLDERS, "Add Value", store=False, help="Puts a value into the text."
    )
    caption = fields.Char(translate=True, help="Small words above the value.")
    font_size = fields.Float("Size (pt)", default=8.0, digits=(4, 1))
    bold = fields.Boolean()
    align = fields.Selection(
        [("left", "Left"), ("center", "Center"), ("right", "Right")],
        default="left",
        required=True,
    )
    rotation = fields.Selection(
        [("0", "0°"), ("90", "90°"), ("180", "180°"), ("270", "270°")],
        default="0",
        required=True,
    )
    module = fields.Float(
        "Module (mm)",
        digits=(4, 3),
        help="Width of the narrowest bar or square. Zero: the largest that fits.",
    )
    may_cut = fields.Boolean(
        "May Be Cut",
        help="A text that is too long ends with an ellipsis. Else it is not printed.",
    )
    is_optional = fields.Boolean(
        "Only When Known",
        help="Without its values the block is left out. Else the label is not printed,"
        " and it is said what is missing.",
    )
    picture = fields.Selection(
        [
            ("logo", "Company's Logo"),
            ("mark", "Certification Mark"),
            ("organic", "Organic Mark"),
            ("own", "Own Picture"),
        ],
        default="logo",
    )
    image = fields.Binary("Own Picture", attachment=True)
    summary = fields.Char(compute="_compute_summary")

    _size_positive = models.Constraint(
        "CHECK (width >= 0 AND height >= 0 AND x >= 0 AND y >= 0)",
        "Places and sizes of blocks are not negative.",
    )

    @api.depends("kind", "content", "caption", "picture")
    def _compute_summary(self):
        kinds = dict(self._fields["kind"]._description_selection(self.env))
        pictures = dict(self._fields["picture"]._description_selection(self.env))
        for block in self:
            content = block.content or ""
            if block.kind == "image":
                content = pictures.get(block.picture, "")
            block.summary = " ".join(filter(None, [block.caption, content]))
            block.summary = block.summary or kinds[block.kind]

    @api.onchange("placeholder")
    def _onchange_placeholder(self):
        if self.placeholder:
            parts = self.content or "", f"{{{self.placeholder}}}"
            self.content = " ".join(filter(None, parts))
            self.placeholder = False

    # -- content ----------------------------------------------------------------------

    @api.constrains("kind", "content")
    def _check_content(self):
        for block in self:
            if block.kind == "text":
                block._check_placeholders()
            elif block._is_symbol():
                block._check_identifiers()

    def _check_placeholders(self):
        for name in self._get_placeholders():
            if name not in self._get_placeholder_names():
                raise ValidationError(
                    self.env._(
                        "There is no value {%(name)s}. Choose one from the list at the"
                        " block.",
                        name=name,
                    )
                )

    def _is_symbol(self):
        """Whether it carries application identifiers."""
        return self.kind in SYMBOL_KINDS

    def _get_placeholder_names(self):
        """Values that a text may name; other add-ons know more."""
        return NAMES

    def _get_placeholders(self):
        return BRACED.findall(self.content or "") if self.kind == "text" else []

    def _names_any(self, names):
        """Whether a text of these blocks names one of these values."""
        return any(names & set(block._get_placeholders()) for block in self)

    def _check_identifiers(self):
        """They exist; whether they may stand together is asked when it is drawn."""
        with in_words(self.env, self._get_title()):
            for code, _optional in self._get_terms():
                identifiers.get(code.replace("n", "3"))

    def _get_terms(self):
        """The identifiers of a symbol, each with whether it may be left out.

        :rtype: list[tuple[str, bool]]
        """
        words = (self.content or "").split()
        if self.kind == "ean13":
            words = words or ["01"]
        matches = [TERM.match(word) for word in words]
        if not words or not all(matches):
            raise ValidationError(
                self.env._(
                    "%(block)s: write application identifiers with spaces between them,"
                    " such as 01 10 17?.",
                    block=self._get_title(),
                )
            )
        return [(match[1], bool(match[2])) for match in matches]

    def _get_title(self):
        """How sentences name the block."""
        kinds = dict(self._fields["kind"]._description_selection(self.env))
        return kinds[self.kind]
