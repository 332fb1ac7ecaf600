from odoo.exceptions import AccessError
from odoo.http import Controller, content_disposition, request, route
from werkzeug.exceptions import Forbidden, NotFound

from ..reports.stock_papers import CountPaper, PickPaper, TransferPaper
from .trace_export import LAST_ID

#: kind of paper: model, paper
PAPERS = {
    "transfer": ("stock.picking", TransferPaper),
    "pick": ("stock.picking", PickPaper),
    "count": ("stock.quant", lambda quants: CountPaper(quants, True)),
    "blind_count": ("stock.quant", lambda quants: CountPaper(quants, False)),
    "place_count": (
        "stock.location",
        lambda places: CountPaper(places._get_quants_to_count(), True),
    ),
    "blind_place_count": (
        "stock.location",
        lambda places: CountPaper(places._get_quants_to_count(), False),
    ),
}


class StockPaper(Controller):
    @route(
        "/farm_traceability/paper/<string:kind>",
        type="http",
        auth="user",
        readonly=True,
    )
    def paper(self, kind, ids=""):
        """Download a paper of records as their reader may see them.

        :param ids: numbers with commas between them
        404 when there is no such paper or record; 403 when the user may not read one.
        """
        if kind not in PAPERS:
            raise NotFound(request.env._("There is no such paper."))
        model, paper = PAPERS[kind]
        if not request.env["stock.quant"].has_access("write"):
            raise Forbidden(request.env._("Papers of the store are for its people."))
        records = request.env[model].browse(_numbers(ids)).exists()
        if not records:
            raise NotFound(request.env._("What this paper is about is gone."))
        try:
            records.check_access("read")
            content = paper(records).render()
        except AccessError:
            raise Forbidden(
                request.env._("You may not read what this paper is about.")
            ) from None
        return request.make_response(content, _headers(kind, records, content))


def _numbers(ids):
    numbers = [int(one) for one in ids.split(",") if one.isdecimal()]
    return [number for number in numbers if number <= LAST_ID]


def _headers(kind, records, content):
    name = records.display_name.replace("/", "-") if len(records) == 1 else kind
    return [
        ("Content-Type", "application/pdf"),
        ("Content-Length", len(content)),
        ("Content-Disposition", content_disposition(f"{name}.pdf")),
        ("X-Content-Type-Options", "nosniff"),
    ]
