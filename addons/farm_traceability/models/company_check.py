"""Company checks of many records that are of few kinds."""


def one_of_each_kind(records, unlike=()):
    """Records that answer a company check for all.

    Whether the companies fit depends on a record's own company and on the records that
    it links to. A thousand lines of one receipt differ in their lots only, and lots of
    the same company give the same answer: one line says it for all.

    :param records: records of a model with ``company_id``
    :param unlike: fields in which records differ; there only the company counts
    :return: a subset of ``records``
    """
    names = [
        name
        for name, field in records._fields.items()
        if field.relational and field.check_company and name not in unlike
    ]

    def kind(record):
        linked = tuple(record[name]._ids for name in names)
        return record.company_id, linked, *(record[name].company_id for name in unlike)

    first = {kind(record): record.id for record in reversed(records.sudo())}
    return records.browse(first.values())
