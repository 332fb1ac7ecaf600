"""Sheets for a spreadsheet program."""

import io
import re
from datetime import date, datetime
from itertools import islice

import xlsxwriter

# What a sheet's name may not have, and how long it may be.
_FORBIDDEN = re.compile(r"[\[\]:*?/\\]")
_LONGEST = 31
# What a sheet takes below its head; what is more goes on in another sheet.
MOST_ROWS = 2**20 - 1


def workbook(sheets):
    """Make an XLSX file; each sheet has its head frozen and filterable.

    Rows are written as they come and not kept, so that generators keep memory flat.
    Texts stay texts: one that begins like a formula is not run.

    :param sheets: list of (title, columns, rows): columns a list of (label, width in
        characters), rows an iterable of lists of strings, numbers, dates, times
        (without time zone) or None
    :return: the file
    :rtype: bytes
    """
    output = io.BytesIO()
    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
        "default_date_format": "yyyy-mm-dd",
        "nan_inf_to_errors": True,
    }
    with xlsxwriter.Workbook(output, options) as book:
        formats = {
            "head": book.add_format({"bold": True, "bottom": 1, "text_wrap": True}),
            datetime: book.add_format({"num_format": "yyyy-mm-dd hh:mm"}),
        }
        names = set()
        for title, columns, rows in sheets:
            rows, last = iter(rows), MOST_ROWS
            while last == MOST_ROWS:
                sheet = book.add_worksheet(_sheet_name(title, names))
                last = _fill(sheet, formats, columns, islice(rows, MOST_ROWS))
    return output.getvalue()


def _fill(sheet, formats, columns, rows):
    sheet.freeze_panes(1, 0)
    for number, (_label, width) in enumerate(columns):
        sheet.set_column(number, number, width)
    sheet.write_row(0, 0, [label for label, _width in columns], formats["head"])
    last = 0
    for last, row in enumerate(rows, start=1):
        for number, value in enumerate(row):
            _write(sheet, last, number, value, formats)
    if columns:
        sheet.autofilter(0, 0, last, len(columns) - 1)
    return last


def _write(sheet, row, column, value, formats):
    if value is None or value is False or value == "":
        return
    if isinstance(value, datetime):
        sheet.write_datetime(row, column, value, formats[datetime])
    elif isinstance(value, date):
        sheet.write_datetime(row, column, value)
    elif isinstance(value, int | float):
        sheet.write_number(row, column, value)
    else:
        sheet.write_string(row, column, str(value)[:32767])


def _sheet_name(title, names):
    """A name that spreadsheet programs take, and that no other sheet has."""
    clean = _FORBIDDEN.sub(" ", title).strip().strip("'")[:_LONGEST] or "Sheet"
    name, number = clean, 1
    while name.lower() in names:
        number += 1
        name = f"{clean[: _LONGEST - len(str(number)) - 1]} {number}"
    names.add(name.lower())
    return name
