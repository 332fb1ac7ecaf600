from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL
from psycopg2.errors import SequenceGeneratorLimitExceeded

from ...gs1.keys import make_sscc, sscc_room


class FarmSscc(models.Model):
    """A Serial Shipping Container Code that was given; none is ever given again.

    Each company prefix with each extension digit has a sequence of PostgreSQL: what
    two transactions take at the same time differs, and what is taken in one that fails
    is not given again. The codes given stay here when their packages are deleted, so
    that not even a sequence that was set back gives one twice.
    """

    _name = "farm.sscc"
    _description = "SSCC Given"
    _order = "id desc"

    name = fields.Char("SSCC", required=True, readonly=True)
    package_id = fields.Many2one(
        "stock.package", readonly=True, index="btree_not_null", ondelete="set null"
    )
    company_id = fields.Many2one(
        "res.company", required=True, readonly=True, index=True, ondelete="restrict"
    )

    _name_unique = models.UniqueIndex("(name)", "This SSCC was given already.")

    @api.model
    def _give(self, packages, company):
        """Give each package the next code of a company.

        :return: what was given, in the order of the packages
        :rtype: farm.sscc
        """
        company._check_gs1_prefix()
        codes = self._next_codes(company, len(packages))
        # That a code was given is recorded for whoever prints.
        return self.sudo().create(
            [
                {"name": code, "package_id": package.id, "company_id": company.id}
                for package, code in zip(packages, codes, strict=True)
            ]
        )

    def _next_codes(self, company, count):
        """The next codes that nobody has."""
        codes = []
        while len(codes) < count:
            fresh = [
                make_sscc(company.gs1_prefix, serial, company.sscc_extension_digit)
                for serial in self._next_serials(company, count - len(codes))
            ]
            taken = self._taken(fresh)
            codes += [code for code in fresh if code not in taken]
        return codes

    def _taken(self, codes):
        """Those that were given, or that a package has for a name."""
        given = self.sudo().search_fetch([("name", "in", codes)], ["name"])
        # A package of another company keeps its name.
        named = self.env["stock.package"].sudo().with_context(active_test=False)
        named = named.search_fetch([("name", "in", codes)], ["name"])
        return {*given.mapped("name"), *named.mapped("name")}

    def _next_serials(self, company, count):
        sequence = self._ensure_sequence(company)
        self._skip_to_first(company, sequence)
        query = SQL("SELECT nextval(%s) FROM generate_series(1, %s)", sequence, count)
        try:
            with self.env.cr.savepoint(flush=False):
                self.env.cr.execute(query, log_exceptions=False)
                return [serial for (serial,) in self.env.cr.fetchall()]
        except SequenceGeneratorLimitExceeded:
            raise UserError(
                self.env._(
                    "All SSCC with company prefix %(prefix)s and extension digit"
                    " %(digit)s are given. Set the next extension digit in the settings"
                    " of Inventory.",
                    prefix=company.gs1_prefix,
                    digit=company.sscc_extension_digit,
                )
            ) from None

    # -- the sequence ------------------------------------------------------------------

    def _ensure_sequence(self, company):
        """Name of the sequence of a company's prefix and extension digit."""
        name = f"farm_sscc_{company.gs1_prefix}_{company.sscc_extension_digit}"
        if not self._has_sequence(name):
            # Two may be the first at the same time.
            self.env.execute_query(
                SQL("SELECT pg_advisory_xact_lock(hashtext(%s))", name)
            )
            self.env.cr.execute(
                SQL(
                    "CREATE SEQUENCE IF NOT EXISTS %s MINVALUE 0 START 0 MAXVALUE %s",
                    SQL.identifier(name),
                    SQL(str(sscc_room(company.gs1_prefix) - 1)),
                )
            )
        return name

    def _has_sequence(self, name):
        [[found]] = self.env.execute_query(SQL("SELECT to_regclass(%s)", name))
        return found is not None

    def _skip_to_first(self, company, name):
        """Begin where the company says, such as where another program has stopped."""
        if not self._is_before_first(name, company):
            return
        # Who comes second finds it done: it must not go back.
        self.env.execute_query(SQL("SELECT pg_advisory_xact_lock(hashtext(%s))", name))
        if self._is_before_first(name, company):
            first = int(company.sscc_first_serial)
            self.env.execute_query(SQL("SELECT setval(%s, %s, FALSE)", name, first))

    def _is_before_first(self, name, company):
        state = SQL("SELECT last_value, is_called FROM %s", SQL.identifier(name))
        [[last, is_called]] = self.env.execute_query(state)
        return last + is_called < int(company.sscc_first_serial or 0)
