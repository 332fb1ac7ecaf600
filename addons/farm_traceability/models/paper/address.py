def paper_action(records, kind):
    """The download of a paper of records.

    :param kind: a key of the papers of ``controllers/stock_paper.py``
    """
    records.check_access("read")
    ids = ",".join(map(str, records.ids))
    return {
        "type": "ir.actions.act_url",
        "url": f"/farm_traceability/paper/{kind}?ids={ids}",
        "target": "download",
    }
