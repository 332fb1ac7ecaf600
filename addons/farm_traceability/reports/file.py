MIMETYPES = {
    "pdf": "application/pdf",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def keep_file(record, name, content):
    """Attach a file to a record.

    :param record: the record, in whose environment the file is made
    :param str name: with its extension, ``pdf`` or ``xlsx``; a slash becomes a hyphen
    :param bytes content:
    :rtype: ir.attachment
    """
    return record.env["ir.attachment"].create(
        {
            "name": name.replace("/", "-"),
            "raw": content,
            "mimetype": MIMETYPES[name.rpartition(".")[2]],
            "res_model": record._name,
            "res_id": record.id,
        }
    )


def download(attachment):
    """The action that gives an attachment to the browser as a file."""
    return {
        "type": "ir.actions.act_url",
        "url": f"/web/content/{attachment.id}?download=true",
        "target": "download",
    }
