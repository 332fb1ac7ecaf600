"""What is asked of the lots that go to a customer: plain objects, made by models.

Every term says the same thing twice: as a domain on stock, which reservation reads, and
of one lot, for whoever typed that lot in.
"""

from datetime import timedelta

from odoo.fields import Domain
from odoo.tools import SQL, format_date
from pytz import UTC

SECONDS = 86400.0


class Day:
    """A moment, and the day that it falls on where the company is."""

    def __init__(self, moment, timezone):
        self.moment, self.timezone = moment, timezone

    def at(self, moment):
        return Day(moment, self.timezone)

    def midnight(self):
        """The first moment of the day, in UTC without a zone as Odoo keeps it."""
        start = self._local().replace(hour=0, minute=0, second=0, microsecond=0)
        start = self.timezone.localize(start.replace(tzinfo=None))
        return start.astimezone(UTC).replace(tzinfo=None)

    def text(self, env):
        return format_date(env, self._local().date(), date_format="d MMMM y")

    def _local(self):
        return UTC.localize(self.moment).astimezone(self.timezone)


class Term:
    """One rule about the lots that go to a customer.

    :param env: environment of the sentences
    :param str who: name of the customer or product that asks for it
    :param Day day: day that the term looks at
    """

    def __init__(self, env, who, day):
        self.env, self.who, self.day = env, who, day

    def domain(self):
        """Stock that qualifies, a ``Domain`` on stored fields of ``stock.quant``."""
        raise NotImplementedError

    def allows(self, lot):
        """Whether a lot qualifies; the same answer as the domain's."""
        raise NotImplementedError

    def sentence(self):
        """What is asked, with no full stop."""
        raise NotImplementedError

    def reason(self, lot):
        """Why a lot does not qualify, as said to who typed it in."""
        return self.env._(
            "Lot %(lot)s of %(product)s is not for this delivery: %(rule)s."
            " %(state)s Take another lot, or ask a quality manager to allow it.",
            lot=lot.name,
            product=lot.product_id.display_name,
            rule=self.sentence(),
            state=self._state_of(lot),
        )

    def _state_of(self, lot):
        if not lot.expiration_date:
            return self.env._("It has no expiration date.")
        return self.env._(
            "It expires on %(date)s.",
            date=self.day.at(lot.expiration_date).text(self.env),
        )


class FromDay(Term):
    """What expires from a day on."""

    def _first_day(self):
        """First moment at which a lot may expire."""
        raise NotImplementedError

    def domain(self):
        return Domain("expiration_date", ">=", self._first_day())

    def allows(self, lot):
        return bool(lot.expiration_date) and lot.expiration_date >= self._first_day()


class MinimumDays(FromDay):
    """At least so many days left, counted from the day of arrival."""

    def __init__(self, env, who, day, days):
        super().__init__(env, who, day)
        self.days = days

    def _first_day(self):
        return self.day.midnight() + timedelta(days=self.days)

    def sentence(self):
        return self.env._(
            "%(customer)s takes no lot with less than %(days)s days left on arrival"
            " (%(date)s)",
            customer=self.who,
            days=self.days,
            date=self.day.text(self.env),
        )


class NewerOnly(FromDay):
    """Nothing that expires on an earlier day than what the customer got already."""

    def __init__(self, env, who, day, lot_name):
        super().__init__(env, who, day)
        self.lot_name = lot_name

    def _first_day(self):
        return self.day.midnight()

    def sentence(self):
        return self.env._(
            "%(customer)s got lot %(lot)s, which expires on %(date)s, and takes none"
            " that expires earlier",
            customer=self.who,
            lot=self.lot_name,
            date=self.day.text(self.env),
        )


class MinimumPercent(Term):
    """At least such a part of the lot's shelf life left on the day of arrival."""

    def __init__(self, env, who, day, percent):
        super().__init__(env, who, day)
        self.percent = float(percent)

    def domain(self):
        return Domain.custom(to_sql=self._to_sql)

    def _to_sql(self, model, alias, query):
        """The same steps in the same floats as :meth:`allows`."""
        return SQL(
            "(%(life)s > 0 AND extract(epoch FROM %(date)s - %(start)s)::float8 * 100"
            " >= %(percent)s::float8 * (%(life)s * %(seconds)s::float8))",
            life=model._field_to_sql(alias, "shelf_life", query),
            date=model._field_to_sql(alias, "expiration_date", query),
            start=self.day.midnight(),
            percent=self.percent,
            seconds=SECONDS,
        )

    def allows(self, lot):
        if not lot.expiration_date or lot.shelf_life <= 0:
            return False
        left = (lot.expiration_date - self.day.midnight()).total_seconds()
        return left * 100 >= self.percent * (lot.shelf_life * SECONDS)

    def sentence(self):
        return self.env._(
            "%(customer)s takes no lot with less than %(percent)s %% of its shelf life"
            " left on arrival (%(date)s)",
            customer=self.who,
            percent=f"{self.percent:g}",
            date=self.day.text(self.env),
        )

    def _state_of(self, lot):
        if lot.expiration_date and lot.shelf_life <= 0:
            return self.env._("Its shelf life is not known.")
        return super()._state_of(lot)


class CertifiedOnly(Term):
    """Only lots whose certificate was valid at harvest."""

    def domain(self):
        return Domain("is_certified", "=", True)

    def allows(self, lot):
        return lot.is_certified

    def sentence(self):
        return self.env._(
            "for %(who)s only lots that were harvested under a valid certificate",
            who=self.who,
        )

    def _state_of(self, lot):
        return self.env._("It was not, or not all that it was made of.")


class Promise:
    """All that is asked of the lots for a customer at a time.

    In a context, the key ``promise`` with an object of this class narrows what may be
    promised. It opens nothing: what is typed in and what happens is asked of the lots,
    whatever a request sends along.
    """

    def __init__(self, terms=()):
        self.terms = list(terms)

    def __bool__(self):
        return bool(self.terms)

    def __or__(self, other):
        """What two deliveries of the same goods ask for, together."""
        return Promise(self.terms + other.terms)

    @property
    def domain(self):
        return Domain.AND(term.domain() for term in self.terms)

    @property
    def sentences(self):
        return list(dict.fromkeys(term.sentence() for term in self.terms))

    def reasons(self, lots):
        """Why lots break a term, each by the first that it breaks.

        :rtype: dict[stock.lot, str], without lots that qualify
        """
        reasons = {}
        for lot in lots:
            broken = next((one for one in self.terms if not one.allows(lot)), None)
            if broken:
                reasons[lot] = broken.reason(lot)
        return reasons
