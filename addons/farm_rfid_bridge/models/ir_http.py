import json
import logging
import random

import psycopg2
from odoo import models
from odoo.exceptions import ConcurrencyError
from odoo.http import Response, request
from werkzeug.exceptions import HTTPException

from ..protocol import problems
from ..protocol.coding import GZIP

PREFIX = "/farm_rfid/v1/"
MEDIA_TYPE = "application/problem+json"


class DeviceRefused(HTTPException):
    """A problem of the credential, as Odoo lets it out of its authentication."""

    loglevel = logging.INFO

    def __init__(self, problem):
        super().__init__(str(problem))
        self.problem = problem
        self.code = problem.status

    def __str__(self):
        return str(self.problem)


class IrHttp(models.AbstractModel):
    _inherit = "ir.http"

    @classmethod
    def _auth_method_farm_device(cls):
        """Know a device by its token; only routes that ask for this know it."""
        try:
            device = request.env["farm.device"]._of_token(_token())
        except problems.Problem as problem:
            raise DeviceRefused(problem) from None
        user = device.user_id
        request.update_env(user=user.id)
        request.update_context(
            lang=user.lang, tz=user.tz, allowed_company_ids=device.company_id.ids
        )
        request.farm_device_id = device.id
        cls._check_device()

    @classmethod
    def _check_device(cls):
        # Groups can be asked for when the request has a user. Who keeps devices sees
        # them; their users do not.
        device = request.env["farm.device"].sudo().browse(request.farm_device_id)
        try:
            device._check_acts_as_given()
        except problems.Problem as problem:
            raise DeviceRefused(problem) from None

    @classmethod
    def _pre_dispatch(cls, rule, args):
        result = super()._pre_dispatch(rule, args)
        if rule.endpoint.routing.get("needs_place"):
            # Before Odoo looks into the body: without a place it is not read, and who
            # sends slowly holds a place and a worker, never the worker without a place.
            request.env["farm.device"]._admit_push()
        return result

    @classmethod
    def _handle_error(cls, exception):
        if request.httprequest.path.startswith(PREFIX):
            problem = _problem_of(exception)
            device_id = getattr(request, "farm_device_id", None)
            problem.who = f"farm.device {device_id}" if device_id else "A device"
            return problem_answer(problem)
        return super()._handle_error(exception)


def problem_answer(problem):
    """The one place where a problem becomes an answer."""
    answer = Response(
        json.dumps(problem.as_json()), status=problem.status, content_type=MEDIA_TYPE
    )
    if problem.status == 401:
        answer.headers["WWW-Authenticate"] = "Bearer"
    if problem.status == 405:
        answer.headers["Allow"] = problem.allow
    if isinstance(problem, problems.WrongCoding):
        answer.headers["Accept-Encoding"] = GZIP
    if problem.retry == "later":
        answer.headers["Retry-After"] = str(random.randint(*problem.wait))
    return answer


def _problem_of(exception):
    if isinstance(exception, DeviceRefused):
        return exception.problem
    if isinstance(exception, problems.Problem):
        return exception
    if isinstance(exception, HTTPException) and exception.code:
        return problems.of_status(exception.code)
    if isinstance(exception, (psycopg2.OperationalError, ConcurrencyError)):
        return problems.Busy()
    return problems.Internal()


def _token():
    scheme, _space, token = request.httprequest.headers.get(
        "Authorization", ""
    ).partition(" ")
    if scheme.lower() != "bearer" or not token.strip():
        raise problems.Unauthenticated("Send Authorization: Bearer and the token")
    return token.strip()
