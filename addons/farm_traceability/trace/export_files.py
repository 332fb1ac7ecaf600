"""The files that a trace is exported as."""

import csv
import io
from datetime import date, datetime

from ..reports.paper import Paper
from ..reports.workbook import workbook

# What a spreadsheet program would run as a formula when a text begins with it.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def write_csv(export):
    """All tables below each other, each with its title and its head.

    UTF-8 with a mark, which spreadsheet programs ask for; numbers with a point, dates
    as in 2026-06-15; a text that begins like a formula gets an apostrophe.

    :rtype: bytes
    """
    output = io.StringIO()
    writer = csv.writer(output)
    notice = export.notice()
    writer.writerows(map(_csv_row, export.facts()))
    if notice:
        writer.writerow([_csv_cell(notice)])
    for table in export.tables():
        writer.writerow([])
        writer.writerow([_csv_cell(table.title)])
        writer.writerow([column.label for column in table.columns])
        writer.writerows(map(_csv_row, table.rows))
    return output.getvalue().encode("utf-8-sig")


def _csv_row(row):
    return [_csv_cell(value) for value in row]


def _csv_cell(value):
    if isinstance(value, str):
        return f"'{value}" if value.startswith(_FORMULA) else value
    if isinstance(value, datetime):
        return value.isoformat(" ", "minutes")
    if isinstance(value, float):
        return _plain(value)
    return value


def _plain(value):
    """No digits that only come from counting in powers of two."""
    return float(f"{value:.6f}")


def write_xlsx(export):
    """One sheet for a summary and one for each table.

    :rtype: bytes
    """
    _ = export.env._
    summary = [[label, value] for label, value in export.facts()]
    summary += [[export.notice()]] if export.notice() else []
    columns = [(_("What"), 36), (_("Value"), 60)]
    sheets = [(_("Summary"), columns, summary)]
    for table in export.tables():
        widths = [(column.label, column.width) for column in table.columns]
        rows = ([_sheet_cell(value) for value in row] for row in table.rows)
        sheets.append((table.title, widths, rows))
    return workbook(sheets)


def _sheet_cell(value):
    return _plain(value) if isinstance(value, float) else value


def write_pdf(export):
    """Facts and tables on wide pages.

    :rtype: bytes
    """
    _ = export.env._
    paper = Paper(export.env, _("Trace"), export.title, landscape=True)
    paper.facts(export.facts()[1:])
    if export.notice():
        paper.paragraph(export.notice())
    for table in export.tables():
        paper.heading(table.title)
        shown = [column for column in table.columns if column.paper]
        columns = [(column.label, column.paper, _align(column)) for column in shown]
        paper.table(columns, (_paper_row(export, table, row) for row in table.rows))
    return paper.render()


def _align(column):
    return "right" if column.kind in ("count", "number", "share") else "left"


def _paper_row(export, table, row):
    return [
        _paper_cell(export, value, column)
        for value, column in zip(row, table.columns, strict=True)
        if column.paper
    ]


def _paper_cell(export, value, column):
    if value is None:
        return ""
    if column.kind == "number":
        return export.number(value) if value else ""
    if column.kind == "count":
        return str(value)
    if column.kind == "share":
        return export.share(value)
    if isinstance(value, datetime):
        return export.day(value.date())
    if isinstance(value, date):
        return export.day(value)
    return value


FORMATS = {
    "csv": ("text/csv; charset=utf-8", write_csv),
    "xlsx": (
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        write_xlsx,
    ),
    "pdf": ("application/pdf", write_pdf),
}
