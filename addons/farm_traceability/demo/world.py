"""What all chapters share: the database, the calendar, chance and the cast."""

import csv
import random
from datetime import datetime, time, timedelta
from pathlib import Path

import pytz
from odoo import fields
from odoo.fields import Command
from odoo.tools import SQL

FOLDER = Path(__file__).parent
TIMEZONE = "Asia/Jakarta"
SEED = 7422
LOTS = 5_000
GROUPS = 91
MARKET_DAYS = 18
#: the Javanese week: a market is held every fifth day
DAYS_BETWEEN_MARKETS = 5
GROWING_TABLES = (
    "res_partner",
    "farm_plot",
    "farm_certificate",
    "farm_cycle",
    "farm_harvest",
    "stock_lot",
    "stock_picking",
    "stock_move",
    "stock_move_line",
    "stock_quant",
)
QUIET = {
    "tracking_disable": True,
    "mail_create_nolog": True,
    "mail_create_nosubscribe": True,
    "mail_notrack": True,
    "no_reset_password": True,
    "skip_sms": True,
    "skip_expired": True,
    "tz": TIMEZONE,
    "lang": "en_US",
}


class World:
    """The stage. Chapters put the cast on it for those that follow.

    :param env: environment of the superuser
    :param log: called with one line of progress
    :param float scale: 1.0 for the whole story, less for a short one
    """

    def __init__(self, env, log, scale=1.0):
        self.env = env(context=env.context | QUIET)
        self.log = log
        self.rng = random.Random(SEED)
        self.today = fields.Date.context_today(self.env.user)
        self.lot_total = max(round(LOTS * scale), 60)
        self.group_total = max(round(GROUPS * scale), 2)
        rounds = MARKET_DAYS if scale >= 0.2 else 4
        self.market_days = [
            self.day(-2 - DAYS_BETWEEN_MARKETS * back)
            for back in range(rounds - 1, -1, -1)
        ]
        self.users = {}

    # -- the calendar -------------------------------------------------------------

    def day(self, number):
        """The day that is ``number`` days after today."""
        return self.today + timedelta(days=number)

    def at(self, day, hour, minute=0):
        """A moment of a day at Tawangmangu, as Odoo stores it."""
        local = pytz.timezone(TIMEZONE).localize(
            datetime.combine(day, time(hour, minute))
        )
        return local.astimezone(pytz.utc).replace(tzinfo=None)

    def moment(self, day, first=7, last=16):
        """Some moment in the working hours of a day, never in the future."""
        when = self.at(day, self.rng.randint(first, last), self.rng.randint(0, 59))
        return min(when, fields.Datetime.now())

    # -- the cast -----------------------------------------------------------------

    def as_user(self, login):
        """Environment of one of the story's users, in the own company."""
        user = self.users[login]
        context = self.env.context | {"allowed_company_ids": user.company_id.ids}
        return self.env(user=user, context=context)

    def roles(self, *codes):
        """Command that sets the roles of a party."""
        ids = [self.env.ref(f"farm_traceability.role_{code}").id for code in codes]
        return [Command.set(ids)]

    def translate(self, record, field, text):
        """Give a field its Indonesian text, where that language is installed."""
        if text and self.has_indonesian:
            record.with_context(lang="id_ID")[field] = text

    @property
    def has_indonesian(self):
        return "id_ID" in dict(self.env["res.lang"].get_installed())

    # -- between chapters ---------------------------------------------------------

    def turn_page(self):
        """Write what is pending, forget what was read, and let PostgreSQL look.

        Between transactions its autovacuum would do that. In one transaction nobody
        counts the new rows, and new entries of indexes by trigram stay unsorted.
        """
        self.env.flush_all()
        self.env.invalidate_all()
        names = SQL(", ").join(map(SQL.identifier, GROWING_TABLES))
        self.env.cr.execute(SQL("ANALYZE %s", names))
        self.env.cr.execute(
            """SELECT gin_clean_pending_list(pg_index.indexrelid)
                 FROM pg_index
                 JOIN pg_class ON pg_class.oid = pg_index.indexrelid
                 JOIN pg_am ON pg_am.oid = pg_class.relam AND pg_am.amname = 'gin'
                WHERE pg_index.indrelid = ANY(%s::regclass[])""",
            [list(GROWING_TABLES)],
        )


def facts(name):
    """Rows of one of the tables in ``facts``."""
    return table(FOLDER / "facts" / f"{name}.csv")


def table(path):
    """Rows of a CSV file with a header."""
    with open(path, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def batches(records, size):
    """Parts of a sequence, each of at most ``size``."""
    for start in range(0, len(records), size):
        yield records[start : start + size]
