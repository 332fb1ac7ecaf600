"""The shapes of which a dashboard is made; plain dicts, as they go to the browser."""

COUNT = "__count"


def make_tile(key, title, **parts):
    """A tile: what it is about, its figures and its tables.

    :param parts: ``when`` and ``note`` (sentences), ``figures`` (of
        :func:`make_figure`, with labels), ``tables`` (of :func:`make_table`) and
        ``empty`` (the sentence where there is nothing to show)
    """
    plain = {"when": "", "note": "", "figures": [], "tables": [], "empty": ""}
    return {"key": key, "title": title} | plain | parts


def make_figure(value, text, action, measure=COUNT, label="", tone="", hint=""):
    """A number, and the action that opens the records behind it.

    :param value: the number; ``text`` is the same as people read it
    :param dict action: ``ir.actions.act_window``
    :param measure: ``__count`` or ``field:sum`` of the action's records that gives the
        value; ``None`` where it is no such number, for example a day
    :param tone: ``danger`` or ``warning`` when somebody should look, which the
        ``hint`` says in words
    """
    return {
        "value": value, "text": text, "action": action, "measure": measure,
        "label": label, "tone": tone, "hint": hint,
    }  # fmt: skip


def make_table(columns, rows, caption="", **chart):
    """A table of figures, and how it is drawn.

    :param columns: titles
    :param rows: pairs of title and figures, one for each column, ``None`` for none
    :param chart: ``kind`` (``bar``), ``stacked``, ``horizontal`` and ``draws``, the
        numbers of the columns that are drawn; without it there is no chart
    """
    return {
        "caption": caption,
        "columns": columns,
        "rows": [{"label": label, "cells": cells} for label, cells in rows],
        "chart": chart or False,
    }
