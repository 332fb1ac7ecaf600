"""Genealogies of any size for benchmarks, written by bulk SQL.

Every row is a copy of one that the ORM made, with other ids and quantities, so that
added columns do no harm. All is committed, table by table: only for a database that is
thrown away afterwards, as ``make bench`` does.
"""

from .maker import Genealogies
from .shapes import chain, edge_count, fan_in, layered, levels, tree
