"""The stock card as sheets: the sums of each section, and all lines."""

from .recall_paper import local
from .workbook import workbook


def stock_card_sheets(card):
    """The card as an XLSX file; numbers are numbers, times the reader's.

    :param card: ``farm.stock.card``; its environment gives language and rights
    :rtype: bytes
    """
    sections = card._read_sections()
    _ = card.env._
    asked = [list(fact) for fact in card._facts()]
    return workbook(
        [
            (_("Stock Card"), _sum_columns(card), _sums(card, sections)),
            (_("Movements"), _columns(card), _rows(card, sections)),
            (_("Asked"), [(_("What"), 24), (_("Value"), 60)], asked),
        ]
    )


def _head(card):
    _ = card.env._
    columns = [(_("Product"), 34)]
    if card.part != "product":
        part = dict(card._fields["part"]._description_selection(card.env))[card.part]
        columns.append((part, 28))
    return [*columns, (_("Unit"), 10)]


def _named(card, section):
    name, unit = card._product_name(section), card._unit(section)
    return [name, unit] if card.part == "product" else [
        name, card._part_name(section), unit,
    ]  # fmt: skip


def _sum_columns(card):
    _ = card.env._
    labels = card._get_figure_labels()
    columns = [*_head(card), *((label, 14) for label in labels.values())]
    if card._shows_values():
        columns += [(_("Opening Value"), 16), (_("Closing Value"), 16)]
    return [*columns, (_("Lines"), 10)]


def _sums(card, sections):
    for one in sections:
        values = [one.opening_value, one.closing_value] if card._shows_values() else []
        yield [
            *_named(card, one),
            one.opening, one.came, one.went, one.closing,
            *values, one.lines,
        ]  # fmt: skip


def _columns(card):
    _ = card.env._
    own = [(column.label, column.width) for column in card._get_columns()]
    own.insert(2, (_("Kind"), 18))
    return [*_head(card), *own]


def _rows(card, sections):
    names = [column.name for column in card._get_columns()]
    names.insert(2, "kind")
    labels = card._get_figure_labels()
    for section in sections:
        head = _named(card, section)
        opening = {"document": labels["opening"], "balance": section.opening}
        yield [*head, *(opening.get(name) for name in names)]
        for movement in card._every_movement(section):
            yield [*head, *(_value(card, movement, name) for name in names)]


def _value(card, movement, name):
    value = getattr(movement, name)
    if name == "date":
        return local(card.env, value)
    if name in ("came", "went"):
        return value or None
    return round(value, 6) if isinstance(value, float) else value
