"""What a reader asks of the aging report, checked."""

from datetime import date
from typing import NamedTuple

from odoo import fields
from odoo.exceptions import ValidationError

from .buckets import MOST_DAYS, MOST_LIMITS, parse_limits

ARRIVAL, HARVEST = "arrival", "harvest"
#: names in the context of screens
KEYS = (
    "aging_date",
    "aging_basis",
    "aging_limits",
    "aging_idle_days",
    "aging_issue_days",
)


class Settings(NamedTuple):
    date: date
    basis: str
    limits: list
    idle_days: int
    issue_days: int


def settings_of(env):
    """The settings of a screen; what it does not say is as the company has it.

    :raises ValidationError: in one sentence
    """
    company, context = env.company, env.context
    day, basis, limits, idle_days, issue_days = (context.get(key) for key in KEYS)
    return Settings(
        check_date(env, day),
        check_basis(env, basis),
        check_limits(env, limits or company.aging_limits),
        check_idle_days(
            env, company.aging_idle_days if idle_days is None else idle_days
        ),
        check_issue_days(
            env, company.aging_issue_days if issue_days is None else issue_days
        ),
    )


def check_date(env, value):
    today = fields.Date.context_today(env["res.company"])
    try:
        day = fields.Date.to_date(value or today)
    except (TypeError, ValueError):
        raise ValidationError(
            env._("%(text)s is no date: enter one like 2026-06-15.", text=value)
        ) from None
    if day > today:
        raise ValidationError(
            env._("How old stock will be is not known: choose today or a day before.")
        )
    return day


def check_basis(env, value):
    if value not in (None, False, ARRIVAL, HARVEST):
        raise ValidationError(
            env._(
                "Ages are counted since arrival or since harvest, not by another day."
            )
        )
    return value or ARRIVAL


def check_limits(env, text):
    try:
        return parse_limits(text)
    except (AttributeError, ValueError):
        raise ValidationError(
            env._(
                "%(text)s are no limits of ages: enter up to %(most)s numbers of days"
                " from 0 to %(days)s, each higher than the one before, with commas"
                " between them, e.g. 7, 14, 30, 60, 90.",
                text=text,
                most=MOST_LIMITS,
                days=MOST_DAYS,
            )
        ) from None


def check_idle_days(env, value):
    if not _is_number_of_days(value):
        raise ValidationError(
            env._(
                "Slow movers have not been issued for 1 to %(days)s days, not"
                " %(text)s.",
                days=MOST_DAYS,
                text=value,
            )
        )
    return value


def check_issue_days(env, value):
    if not _is_number_of_days(value):
        raise ValidationError(
            env._(
                "Issues are added up over the last 1 to %(days)s days, not %(text)s.",
                days=MOST_DAYS,
                text=value,
            )
        )
    return value


def _is_number_of_days(value):
    return isinstance(value, int) and 1 <= value <= MOST_DAYS
