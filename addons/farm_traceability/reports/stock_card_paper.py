"""The stock card on paper: each section with its opening, its lines and its closing."""

from functools import cache

from .paper import Paper


class StockCardPaper:
    """Draws a card as its reader may see it.

    :param card: ``farm.stock.card``; its environment gives language and rights
    """

    def __init__(self, card):
        self.card = card
        self.env = card.env
        self.columns = card._get_columns()
        self.labels = card._get_figure_labels()
        # 200,000 lines have few different quantities and minutes.
        self.number = cache(card._number)
        self.money = cache(card._money)
        self.moment = cache(card._moment_text)

    def render(self):
        """:return: the PDF as bytes"""
        _ = self.env._
        paper = Paper(self.env, _("Stock Card"), landscape=True)
        paper.facts(self.card._facts())
        sections = self.card._read_sections()
        if not sections:
            paper.paragraph(self.card._empty_text())
        for section in sections:
            self._section(paper, section)
        paper.signatures([_("Store Keeper"), _("Checked by"), _("Manager")])
        return paper.render()

    def _section(self, paper, section):
        name, part = self.card._product_name(section), self.card._part_name(section)
        unit = self.card._unit(section)
        paper.heading(" · ".join(filter(None, [name, part, unit])))
        columns = [
            (one.label, one.share, "right" if one.numeric else "left")
            for one in self.columns
        ]
        paper.table(columns, self._rows(section))
        notice = self.card._unmoved_text(section)
        if notice:
            paper.paragraph(notice)

    def _rows(self, section):
        yield self._sum_row(
            "opening", balance=section.opening, value=section.opening_value
        )
        for movement in self.card._every_movement(section):
            yield [self._text(movement, column.name) for column in self.columns]
        yield self._sum_row(
            "closing",
            came=section.came,
            went=section.went,
            balance=section.closing,
            value=section.closing_value,
        )

    def _sum_row(self, label, value, **numbers):
        texts = {name: self.number(number) for name, number in numbers.items()}
        texts |= {"document": self.labels[label], "value": self.money(value)}
        return [texts.get(column.name, "") for column in self.columns]

    def _text(self, movement, name):
        value = getattr(movement, name)
        if name == "date":
            return self.moment(value.replace(second=0, microsecond=0))
        if name == "document" and movement.kind != value:
            return f"{value} ({movement.kind})"
        if name in ("came", "went"):
            return self.number(value) if value else ""
        if name == "balance":
            return self.number(value)
        return self.money(value) if name == "value" else value
