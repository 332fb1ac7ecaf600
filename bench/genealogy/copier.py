"""Many rows at once, each a copy of one that the ORM made."""

from odoo.tools import SQL


class Copier:
    """Writes many rows of a table like one that is there."""

    def __init__(self, env):
        self.env = env

    def copy(self, record, **columns):
        """Copy the row of a record once for each value of the columns.

        :param columns: lists of one length: what each copy has instead
        :return: ids of the copies, in order
        """
        self.env.flush_all()
        count = len(next(iter(columns.values())))
        if not count:
            return []
        ids = self._next_ids(record._table, count)
        self._insert(record, {"id": ids, **columns})
        self._settle(record._table)
        return ids

    def _next_ids(self, table, count):
        rows = self.env.execute_query(
            SQL(
                "SELECT nextval(%s) FROM generate_series(1, %s)",
                f"{table}_id_seq",
                count,
            )
        )
        return [number for (number,) in rows]

    def _insert(self, record, columns):
        types = self._types(record._table)
        rest = [name for name in types if name not in columns]
        self.env.cr.execute(
            SQL(
                """
                INSERT INTO %(table)s (%(names)s)
                SELECT %(values)s FROM %(table)s template,
                       unnest(%(arrays)s) AS row(%(given)s)
                 WHERE template.id = %(template)s
                """,
                table=SQL.identifier(record._table),
                names=_comma(SQL.identifier(name) for name in [*columns, *rest]),
                values=_comma(
                    [SQL.identifier("row", name) for name in columns]
                    + [SQL.identifier("template", name) for name in rest]
                ),
                arrays=_comma(
                    SQL("%s::%s[]", _literal(values), SQL(types[name]))
                    for name, values in columns.items()
                ),
                given=_comma(map(SQL.identifier, columns)),
                template=record.id,
            )
        )

    def _types(self, table):
        return dict(
            self.env.execute_query(
                SQL(
                    """
                    SELECT attname, format_type(atttypid, NULL)
                      FROM pg_attribute
                     WHERE attrelid = %s::regclass AND attnum > 0 AND NOT attisdropped
                    """,
                    table,
                )
            )
        )

    def link(self, made_and_used):
        """Links between produced and consumed move lines."""
        made, used = zip(*made_and_used, strict=True)
        self.env.cr.execute(
            SQL(
                """
                INSERT INTO stock_move_line_consume_rel
                       (consume_line_id, produce_line_id)
                SELECT * FROM unnest(%s::int[], %s::int[])
                """,
                _literal(made),
                _literal(used),
            )
        )
        self._settle("stock_move_line_consume_rel")

    def _settle(self, table):
        """Else the foreign keys of the next table are checked by a plan for none."""
        self.env.cr.commit()
        self.env.cr.execute(SQL("ANALYZE %s", SQL.identifier(table)))


def _comma(parts):
    return SQL(", ").join(parts)


def _literal(values):
    return "{" + ",".join("NULL" if v is None else str(v) for v in values) + "}"
