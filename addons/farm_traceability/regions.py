"""Administrative regions from a CSV file: read, checked, ordered parents first.

Plain Python. Nothing here knows the database: what exists already comes as a dict of
code → level.
"""

import csv
import io
from typing import NamedTuple

LEVELS = ("country", "province", "regency", "subdistrict", "village")
COLUMNS = ("code", "parent_code", "name", "level")


class Region(NamedTuple):
    """One row; ``latitude`` and ``longitude`` are None where the file has none."""

    line: int
    code: str
    parent_code: str
    name: str
    level: str
    latitude: float | None
    longitude: float | None


class Refusal(NamedTuple):
    """Why a row is not taken.

    :param fault: a key of ``sentence``
    :param value: what the sentence names
    """

    line: int
    fault: str
    value: str = ""

    def sentence(self, _):
        """One sentence in the language of the translation function ``_``."""
        sentences = {
            "code": _("Line %(line)s: the code is missing."),
            "name": _("Line %(line)s: the name is missing."),
            "level": _(
                "Line %(line)s: “%(value)s” is not a level; use country, province,"
                " regency, subdistrict or village."
            ),
            "number": _(
                "Line %(line)s: “%(value)s” is not a latitude or longitude in degrees."
            ),
            "twice": _("Line %(line)s: code %(value)s is in the file already."),
            "parent": _(
                "Line %(line)s: there is no region with the parent code %(value)s."
            ),
            "order": _("Line %(line)s: the parent %(value)s is not of a higher level."),
            "parts": _(
                "Line %(line)s: region %(value)s has parts that are not of a lower"
                " level; change these first."
            ),
            "locked": _(
                "Line %(line)s: region %(value)s is not a part of your regions; ask an"
                " administrator to change it."
            ),
        }
        return sentences[self.fault] % {"line": self.line, "value": self.value}


class RegionFileError(ValueError):
    """The file as a whole cannot be read.

    :param fault: a key of ``sentence``
    """

    def __init__(self, fault, value=""):
        super().__init__(fault)
        self.fault = fault
        self.value = value

    def sentence(self, _):
        """One sentence in the language of the translation function ``_``."""
        sentences = {
            "encoding": _("The file is not UTF-8. Save it as “CSV UTF-8” and retry."),
            "empty": _("The file has no regions in it."),
            "column": _(
                "The column %(value)s is missing. The first line must name the columns"
                " code, parent_code, name and level."
            ),
            "csv": _(
                "The file cannot be read from line %(value)s on: look there for a"
                " quotation mark that is not closed, and retry."
            ),
        }
        return sentences[self.fault] % {"value": self.value}


def read_regions(data):
    """Read a CSV file with the columns code, parent_code, name and level.

    ``latitude`` and ``longitude`` may follow; separators are commas or semicolons.

    :param bytes data: the file, UTF-8 with or without a mark
    :return: ``(regions, refusals)``, both in the order of the lines
    :raises RegionFileError: when the file as a whole cannot be read
    """
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise RegionFileError("encoding") from error
    if "\0" in text:
        raise RegionFileError("encoding")
    rows = list(_read_rows(text))
    if not rows:
        raise RegionFileError("empty")
    read = [_read_region(line, row) for line, row in rows]
    return (
        [region for region in read if isinstance(region, Region)],
        [refusal for refusal in read if isinstance(refusal, Refusal)],
    )


def _read_rows(text):
    head = text.partition("\n")[0]
    delimiter = ";" if head.count(";") > head.count(",") else ","
    lines = _read_lines(text, delimiter)
    _line, names = next(lines, (1, []))
    names = [name.strip().lower() for name in names]
    if not any(names):
        raise RegionFileError("empty")
    for column in COLUMNS:
        if column not in names:
            raise RegionFileError("column", column)
    for line, cells in lines:
        row = {name: cell.strip() for name, cell in zip(names, cells, strict=False)}
        if any(row.values()):
            yield line, row


def _read_lines(text, delimiter):
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    line = 0
    try:
        for cells in reader:
            line = reader.line_num
            yield line, cells
    except csv.Error as error:
        raise RegionFileError("csv", line + 1) from error


def _read_region(line, row):
    for column in ("code", "name"):
        if not row.get(column):
            return Refusal(line, column)
    level = row.get("level", "").lower()
    if level not in LEVELS:
        return Refusal(line, "level", row.get("level", ""))
    place = []
    for column, limit in (("latitude", 90), ("longitude", 180)):
        try:
            place.append(_read_degrees(row.get(column, ""), limit))
        except ValueError:
            return Refusal(line, "number", row[column])
    return Region(
        line, row["code"], row.get("parent_code", ""), row["name"], level, *place
    )


def _read_degrees(text, limit):
    if not text:
        return None
    degrees = float(text)
    if not -limit <= degrees <= limit:
        raise ValueError(text)
    return degrees


def plan_regions(regions, known, parts=None, locked=()):
    """Put regions in an order in which every parent comes before its parts.

    A parent is always of a higher level than its parts, so the level gives the order,
    whatever the order of the rows.

    :param list regions: as ``read_regions`` gives them
    :param dict known: code → level of what exists already
    :param dict parts: code → code of its parent, of what exists already
    :param locked: codes of rows that would change what the user may not change
    :return: ``(regions, refusals)``
    """
    levels, parents = dict(known), dict(parts or {})
    planned, refusals, seen = [], [], set()
    for region in sorted(regions, key=lambda each: LEVELS.index(each.level)):
        refusal = (
            _refusal_of(region, levels, seen)
            or _refusal_by_parts(region, levels, parents)
            or (region.code in locked and Refusal(region.line, "locked", region.code))
        )
        if refusal:
            refusals.append(refusal)
            continue
        seen.add(region.code)
        levels[region.code] = region.level
        parents[region.code] = region.parent_code
        planned.append(region)
    return planned, refusals


def _refusal_of(region, levels, seen):
    if region.code in seen:
        return Refusal(region.line, "twice", region.code)
    parent = region.parent_code
    if not parent:
        return None
    if parent not in levels:
        return Refusal(region.line, "parent", parent)
    if LEVELS.index(levels[parent]) >= LEVELS.index(region.level):
        return Refusal(region.line, "order", parent)
    return None


def _refusal_by_parts(region, levels, parents):
    """Refuse a level that its parts, as the rows so far leave them, do not allow."""
    if levels.get(region.code, region.level) == region.level:
        return None
    for code, parent in parents.items():
        if parent == region.code and (
            LEVELS.index(levels[code]) <= LEVELS.index(region.level)
        ):
            return Refusal(region.line, "parts", region.code)
    return None
