def count_by(records, model, field):
    """Count a model's records per record of ``records``, for smart buttons.

    :param str field: the many2one of ``model`` that points to ``records``
    :return: dict of record → count, without those that have none; empty for a user
        who may not read the model, whose buttons are hidden anyway
    """
    others = records.env[model]
    if not others.has_access("read"):
        return {}
    return dict(others._read_group([(field, "in", records.ids)], [field], ["__count"]))
