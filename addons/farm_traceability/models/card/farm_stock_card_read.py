from odoo import api, models

from ...reports.stock_card import rows, sections, words
from ...trace.reading import read
from .figures import Movement, Section

PAGE = 80
SECTIONS = 20
# So few sections show their lines from the beginning.
OPEN_AT_ONCE = 3
# Lines that are read at once for a file.
STEP = 5000
FIGURES = ("opening", "came", "went", "closing")


class FarmStockCard(models.TransientModel):
    """What a card says. All texts are the reader's; the screen composes none."""

    _inherit = "farm.stock.card"

    # -- for the screen ----------------------------------------------------------------

    @api.model
    @api.readonly
    def get_card(self, values, offset=0):
        """The sections of a card with their sums, a page of them.

        :param dict values: what is asked, fields of this model
        :return: texts, columns and sections for the screen
        """
        card = self._asked(values)
        found = card._read_sections(limit=SECTIONS, offset=max(0, int(offset)))
        total = found[0].total if found else 0
        opened = found if total <= OPEN_AT_ONCE else []
        return {
            "columns": [
                {"name": one.name, "label": one.label, "numeric": one.numeric}
                for one in card._get_columns()
            ],
            "sections": [
                card._section_for_screen(one)
                | {"page": card._page(one, one.key, 0) if one in opened else False}
                for one in found
            ],
            "range": card._range_text(offset, len(found), total),
            "next": offset + SECTIONS if offset + SECTIONS < total else False,
            "previous": max(0, offset - SECTIONS) if offset else False,
            "sums": card._sums(found) if 1 < total == len(found) else [],
            "empty": "" if found else card._empty_text(),
        }

    @api.model
    @api.readonly
    def get_rows(self, values, key, offset=0):
        """A page of the lines of a section.

        :param dict key: ``key`` of a section
        :param offset: lines before the page; beyond the last line: the last page
        """
        card = self._asked(values)
        [section] = card._read_sections(key=key) or [None]
        return card._page(section, key, int(offset)) if section else False

    def _page(self, section, key, offset):
        """A page of a section for the screen."""
        last = max(0, section.lines - 1) // PAGE * PAGE
        offset = min(max(0, offset), last)
        found = self._read_movements(section, key, PAGE, offset)
        return {
            "rows": self._rows_for_screen(section, found, offset, last),
            "range": self._range_text(offset, len(found), section.lines),
            "offset": offset,
            "previous": max(0, offset - PAGE),
            "next": offset + PAGE if offset < last else False,
            "last": last,
        }

    def _rows_for_screen(self, section, found, offset, last):
        """Lines between what was there before them and what was there after."""
        labels = self._get_figure_labels()
        before, value = section.opening, section.opening_value
        first, end = labels["opening"], labels["closing"]
        after, end_value = section.closing, section.closing_value
        if offset:
            first = self.env._("Brought forward")
            before = found[0].balance - found[0].came + found[0].went
            value = found[0].value - found[0].change_value
        if offset < last:
            end = self.env._("Carried forward")
            after, end_value = found[-1].balance, found[-1].value
        return [
            self._sum_row("first", first, before, value),
            *map(self._row_for_screen, found),
            self._sum_row("last", end, after, end_value),
        ]

    def _sum_row(self, name, label, balance, value):
        texts = {
            "document": label,
            "balance": self._number(balance),
            "value": self._money(value),
        }
        return {
            "id": name,
            "is_sum": True,
            "cells": [
                {"text": texts.get(column.name, "")} for column in self._get_columns()
            ],
        }

    def _section_for_screen(self, section):
        return {
            "id": f"{section.product}-{section.part or 0}",
            "key": section.key,
            "title": self._product_name(section),
            "part": self._part_name(section),
            "lines": section.lines,
            "figures": self._figures_for_screen(section),
            "notice": self._unmoved_text(section),
        }

    def _figures_for_screen(self, section):
        labels = self._get_figure_labels()
        unit = self._unit(section)
        return [
            {
                "name": name,
                "label": labels[name],
                "text": self._number(getattr(section, name)),
                "unit": unit,
                "value": self._money(getattr(section, f"{name}_value")),
            }
            for name in FIGURES
        ]

    def _row_for_screen(self, movement):
        return {
            "id": movement.id,
            "inner": movement.inner,
            "cells": [
                self._cell(movement, column.name) for column in self._get_columns()
            ],
        }

    def _cell(self, movement, name):
        """Text of a cell, and what stands small below it."""
        value = getattr(movement, name)
        if name == "date":
            return {"text": self._moment_text(value)}
        if name == "document":
            return {"text": value, "note": movement.kind, "opens": True}
        if name == "value":
            return {"text": self._money(value)}
        if name == "balance":
            return {"text": self._number(value)}
        if name in ("came", "went"):
            return {"text": self._number(value) if value else ""}
        return {"text": value}

    def _sums(self, found):
        """Of all sections together, as far as they can be added."""
        labels = self._get_figure_labels()
        products = self.env["product.product"].browse([one.product for one in found])
        units = products.uom_id
        sums = []
        for name in FIGURES:
            quantity = sum(getattr(one, name) for one in found)
            value = sum(getattr(one, f"{name}_value") for one in found)
            sums.append(
                {
                    "name": name,
                    "label": labels[name],
                    "text": self._number(quantity) if len(units) == 1 else "",
                    "unit": units.name if len(units) == 1 else "",
                    "value": self._money(value),
                }
            )
        return sums if any(one["text"] or one["value"] for one in sums) else []

    # -- for all readers ---------------------------------------------------------------

    def _read_sections(self, key=None, limit=None, offset=0):
        """:rtype: list[Section]"""
        statement = sections(
            self._scope(key),
            "product" if key else self.part,
            self.env.lang or "en_US",
            limit,
            offset,
        )
        return [Section(*row) for row in read(self.env, statement)]

    def _read_movements(self, section, key, limit, offset=0):
        """A page of lines; those near the end are read from there.

        :rtype: list[Movement]
        """
        limit = max(0, min(limit, section.lines - offset))
        behind = section.lines - offset - limit
        backward = behind < offset
        found = read(
            self.env,
            rows(
                self._scope(key),
                section.closing if backward else section.opening,
                section.closing_value if backward else section.opening_value,
                limit=limit,
                offset=behind if backward else offset,
                backward=backward,
            ),
        )
        return list(self._movements(found[::-1] if backward else found))

    def _every_movement(self, section):
        """All lines of a section, read step by step.

        :rtype: Iterator[Movement]
        """
        scope = self._scope(section.key)
        after, balance, value = None, section.opening, section.opening_value
        while True:
            found = read(self.env, rows(scope, balance, value, after, limit=STEP))
            yield from self._movements(found)
            if len(found) < STEP:
                return
            line, date, _came, _went, balance, _change, value, _inner = found[-1]
            after = date, line

    def _movements(self, found):
        said = read(
            self.env, words([row[0] for row in found], self.env.lang or "en_US")
        )
        kinds = self._get_kinds()
        for row, (_id, document, kind, type_, partner, *places_and_goods) in zip(
            found, said, strict=True
        ):
            source, target, lot, package, result, owner = places_and_goods
            yield Movement(
                *row,
                document=document or kinds[kind],
                kind=kinds[kind] if kind or not type_ else type_,
                partner=partner or "",
                source=source,
                target=target,
                lot=lot or "",
                package=_both(package, result),
                owner=owner or "",
            )


def _both(package, result):
    """A package, and what became of it when that is another one."""
    if package == result or not (package and result):
        return package or result or ""
    return f"{package} → {result}"
