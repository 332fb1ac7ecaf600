from odoo.exceptions import AccessError
from odoo.http import Controller, content_disposition, request, route
from werkzeug.exceptions import Forbidden, NotFound

from ..trace.export_files import FORMATS

# The highest number that PostgreSQL takes for an id.
LAST_ID = 2**31 - 1


class TraceExport(Controller):
    @route(
        "/farm_traceability/trace/<string:model>/<int:record_id>.<string:extension>",
        type="http",
        auth="user",
        readonly=True,
    )
    def export(self, model, record_id, extension):
        """Download the trace of a record as its reader may see it.

        404 when there is no such record, format, or trace of such a model; 403 when
        the user may not read the record.
        """
        record = self._record(model, record_id)
        if extension not in FORMATS:
            raise NotFound(
                request.env._(
                    "A trace comes as csv, xlsx or pdf, not as %(extension)s.",
                    extension=extension,
                )
            )
        try:
            name = f"{record.display_name}.{extension}"
            content, mimetype = record._export_trace(extension)
        except AccessError:
            raise Forbidden(
                request.env._("You may not read what this is the trace of.")
            ) from None
        headers = [
            ("Content-Type", mimetype),
            ("Content-Length", len(content)),
            ("Content-Disposition", content_disposition(name)),
            ("X-Content-Type-Options", "nosniff"),
        ]
        return request.make_response(content, headers)

    def _record(self, model, record_id):
        record = _traceable(model) and record_id <= LAST_ID
        record = record and request.env[model].browse(record_id).exists()
        if not record:
            raise NotFound(
                request.env._("There is no record here that could be traced.")
            )
        return record


def _traceable(name):
    model = request.env.get(name)
    traceable = request.env.registry["farm.traceable"]
    return isinstance(model, traceable) and not model._abstract
