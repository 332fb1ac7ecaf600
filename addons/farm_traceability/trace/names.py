"""Names of what a trace found, as far as its reader may know them."""


class Names:
    """Display names by model and id, read once for all with the user's own rights.

    What the user may not read has no name here: it belongs to another company.
    """

    def __init__(self, env):
        self.env = env
        self._known = {}

    def load(self, model, ids):
        ids = {record_id for record_id in ids if record_id}
        records = self.env[model].browse(ids)._filtered_access("read")
        self._known[model] = {record.id: record for record in records}
        return records

    def __call__(self, model, record_id):
        """The record if the user may read it, else an empty one."""
        return self._known[model].get(record_id) or self.env[model]

    def knows(self, model, record_id):
        return not record_id or record_id in self._known[model]

    def cell(self, model, record_id, text=None, note=None):
        """A cell that links to a record; plain text when it cannot be opened."""
        record = self(model, record_id)
        if not record:
            hidden = self.env._("Another company") if record_id else ""
            return {"text": text or hidden, "note": note or ""}
        return {
            "text": text or record.display_name,
            "note": note or "",
            "model": model,
            "id": record.id,
        }
