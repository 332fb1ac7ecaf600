from odoo.tools import SQL

SSCC_SEQUENCES = "^farm_sscc_[0-9]"


def uninstall_hook(env):
    """Take away what stands in the way, and what was made in Odoo's own tables.

    Odoo deletes an add-on's data records one by one before it drops the tables. Regions
    or schemes in use would be refused by the tables that point to them, each with an
    error in the log, although those tables go too.
    """
    env.flush_all()
    tables = [model._table for model in env.values() if _is_ours(model)]
    for table, constraint in _foreign_keys_to(env, tables):
        env.cr.execute(
            SQL(
                "ALTER TABLE %s DROP CONSTRAINT %s",
                SQL.identifier(table),
                SQL.identifier(constraint),
            )
        )
    _delete_lot_sequences(env)
    _drop_sscc_sequences(env)


def _is_ours(model):
    own = model._original_module == "farm_traceability"
    return own and model._auto and not model._abstract


def _foreign_keys_to(env, tables):
    return env.execute_query(
        SQL(
            """
            SELECT source.relname, key.conname
              FROM pg_constraint key
              JOIN pg_class source ON source.oid = key.conrelid
              JOIN pg_class target ON target.oid = key.confrelid
             WHERE key.contype = 'f' AND target.relname IN %s
            """,
            tuple(tables),
        )
    )


def _delete_lot_sequences(env):
    crops = env["farm.crop"].with_context(active_test=False).search([])
    sequences = crops.lot_sequence_id
    crops.lot_sequence_id = False
    sequences.unlink()


def _drop_sscc_sequences(env):
    names = env.execute_query(
        SQL(
            "SELECT relname FROM pg_class WHERE relkind = 'S' AND relname ~ %s",
            SSCC_SEQUENCES,
        )
    )
    for (name,) in names:
        env.cr.execute(SQL("DROP SEQUENCE %s", SQL.identifier(name)))
