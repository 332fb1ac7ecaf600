import ipaddress

from odoo import api, fields, models
from odoo.exceptions import ValidationError

# Below are the ports of the system's own services; printers listen at 9100.
FIRST_PORT, LAST_PORT = 1024, 65535


class FarmLabelPrinter(models.Model):
    """A label printer in the network, that takes raw data at a port."""

    _name = "farm.label.printer"
    _description = "Label Printer"
    _order = "sequence, id"

    name = fields.Char(required=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company
    )
    host = fields.Char(
        "Address", required=True, help="Name or IP address in the local network."
    )
    port = fields.Integer(default=9100, required=True)
    language = fields.Selection(
        [("zpl", "ZPL"), ("pdf", "PDF")],
        default="zpl",
        required=True,
        help="ZPL: Zebra's and most others' label printers. PDF: printers that take PDF"
        " files as they are, sheets too.",
    )
    dpi = fields.Selection(
        [("203", "203 dpi"), ("300", "300 dpi")],
        "Resolution",
        default="203",
        required=True,
    )
    confirms = fields.Boolean(
        "Closes the Connection",
        default=True,
        help="The printer closes the connection when it has read all, as most do: only"
        " then a job counts as sent. Switch it off for a printer that keeps it open.",
    )
    waiting_count = fields.Integer("Jobs Waiting", compute="_compute_waiting_count")

    _port_open = models.Constraint(
        f"CHECK (port BETWEEN {FIRST_PORT} AND {LAST_PORT})",
        "A printer's port is a number from 1024 to 65535, most often 9100.",
    )

    def _compute_waiting_count(self):
        groups = self.env["farm.label.job"]._read_group(
            [("printer_id", "in", self.ids), ("state", "=", "waiting")],
            ["printer_id"],
            ["__count"],
        )
        counts = dict(groups)
        for printer in self:
            printer.waiting_count = counts.get(printer, 0)

    @api.constrains("host")
    def _check_host(self):
        for printer in self:
            if not printer.host.strip() or set(printer.host) & set("/@ "):
                raise ValidationError(
                    self.env._(
                        "“%(host)s” is no address of a printer: write a name or an IP"
                        " address, such as 192.168.1.50.",
                        host=printer.host,
                    )
                )
            printer._check_not_special()

    def _check_not_special(self):
        try:
            address = ipaddress.ip_address(self.host)
        except ValueError:
            return
        if address.is_link_local or address.is_multicast or address.is_unspecified:
            raise ValidationError(
                self.env._(
                    "“%(host)s” is not the address of one printer in the network.",
                    host=self.host,
                )
            )
