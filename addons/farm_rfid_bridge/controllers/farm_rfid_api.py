from odoo import http
from odoo.http import request
from werkzeug.datastructures import Accept
from werkzeug.http import parse_accept_header

from ..models.ir_http import PREFIX, problem_answer
from ..protocol import problems
from ..protocol.coding import GZIP, WORTH_PACKING, packed, unpacked
from ..protocol.envelope import (
    CBOR,
    JSON,
    LARGEST_QUESTION,
    LARGEST_REQUEST,
    read_card_asked,
    read_enrolment,
    read_push,
    write_answer,
)
from ..protocol.openapi import document
from ..protocol.resume import read_asked

METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE"]
KNOWN = {
    "enrol": "POST",
    "push": "POST",
    "snapshot": "GET",
    "cards": "POST",
    "openapi.json": "GET",
}


def device_route(
    path, method, auth="farm_device", largest=LARGEST_QUESTION, needs_place=False
):
    """A route of devices: no session, no cookie, a body of limited size.

    :param largest: bytes of a body; more are not read
    :param needs_place: only so many requests at a time, see ``farm.device._admit_push``
    """
    return http.route(
        f"{PREFIX}{path}",
        type="http",
        auth=auth,
        methods=[method],
        csrf=False,
        save_session=False,
        max_content_length=largest,
        needs_place=needs_place,
    )


class FarmRfidApi(http.Controller):
    """What devices ask; every problem is answered by ``ir.http._handle_error``."""

    @device_route("enrol", "POST", auth="public")
    def enrol(self, **_parameters):
        asked = read_enrolment(*_sent())
        return _answer(request.env["farm.device"]._enrol(asked))

    @device_route("push", "POST", largest=LARGEST_REQUEST, needs_place=True)
    def push(self, **_parameters):
        answer = _device()._push(read_push(*_sent(LARGEST_REQUEST)))
        if isinstance(answer, problems.Problem):
            return problem_answer(answer)
        return _answer(answer)

    @device_route("snapshot", "GET")
    def snapshot(self, **parameters):
        answer = _device()._snapshot(read_asked(parameters))
        accepted = request.httprequest.accept_mimetypes
        return _answer(answer, accepted.best_match([JSON, CBOR], JSON))

    @device_route("cards", "POST")
    def cards(self, **_parameters):
        return _answer(_device()._answer_card_asked(read_card_asked(*_sent())))

    @device_route("openapi.json", "GET", auth="public")
    def openapi(self, **_parameters):
        base_url = request.httprequest.url_root.rstrip("/")
        return request.make_json_response(document(base_url))

    @http.route(
        f"{PREFIX}<path:rest>",
        type="http",
        auth="none",
        methods=METHODS,
        csrf=False,
        save_session=False,
    )
    def other(self, rest, **_parameters):
        if rest in KNOWN:
            raise problems.WrongMethod(KNOWN[rest])
        raise problems.NotThere()


def _device():
    # The token says which device it is; it is the server's own record.
    return request.env["farm.device"].sudo().browse(request.farm_device_id)


def _sent(largest=LARGEST_QUESTION):
    """Bytes and media type of the request; more bytes than allowed are not read.

    Odoo keeps the bytes: after a serialisation failure it asks once more.
    """
    asked = request.httprequest
    coding = asked.headers.get("Content-Encoding", "")
    return unpacked(asked.get_data(), coding, largest), asked.mimetype


def _answer(values, media_type=None):
    asked = request.httprequest
    media_type = media_type or asked.mimetype
    body = write_answer(values, media_type)
    headers = [("Content-Type", media_type), ("Cache-Control", "no-store")]
    accepted = parse_accept_header(asked.headers.get("Accept-Encoding"), Accept)
    if len(body) >= WORTH_PACKING and accepted.quality(GZIP):
        body = packed(body)
        headers.append(("Content-Encoding", GZIP))
    return request.make_response(body, headers)
