from odoo import api, models
from odoo.exceptions import UserError

from .result import Result

LABELS = "labels"


class FarmScanReceive(models.AbstractModel):
    """Labels of the lots that are received.

    A label goes onto the crate while the crate stands before the picker, so it is
    printed before the receipt is done. Until then a new lot is only a name on its line;
    the lot is made when its first label is asked for, as validation would make it. So
    what is printed is on record, and its name is taken. It has no stock before the
    receipt is done, and a later validation takes it as it is. What is changed
    afterwards:

    - a harvest scanned later is given to it when the receipt is done, if it had none
    - a harvest that stands on a label already is not taken back
    - its scan may be taken back: the lot stays, without stock, and is found by its name

    With a network printer a print job waits for it, else the answer has the address of
    a PDF. An event is applied once: sent again, it gives the same answer and prints
    nothing.
    """

    _inherit = "farm.scan.receive"

    # -- asked for --------------------------------------------------------------------

    @api.model
    def _do_label(self, picking, sent):
        """Print labels of one lot, named by ``product_id`` and ``text``."""
        lines = picking.move_line_ids.filtered(
            lambda line: (
                line.product_id.id == sent["product_id"]
                and self._lot_name(line) == sent["text"]
                and line.scanned_quantity > 0
            )
        )
        if not (sent["text"] and lines):
            raise UserError(
                self.env._(
                    "Lot “%(lot)s” is not received here: scan it first, then print its"
                    " label.",
                    lot=sent["text"],
                )
            )
        copies = 1 if sent["quantity"] is None else int(sent["quantity"])
        return self._print_labels(picking, lines, copies)

    @api.model
    def _do_finish(self, picking, sent):
        result = super()._do_finish(picking, sent)
        if sent["confirm"] == LABELS:
            self._add_labels(picking, result)
        return result

    def _add_labels(self, picking, result):
        """What was received stays received, whatever becomes of its labels."""
        lots = picking.move_line_ids.filtered("lot_id")
        try:
            with self.env.cr.savepoint():
                printed = self._print_labels(picking, lots, 1)
        except UserError as error:
            result.message = self.env._(
                "%(done)s Its labels are not printed: %(reason)s",
                done=result.message,
                reason=str(error),
            )
        else:
            result.message = f"{result.message} {printed.message}"
            result.answer |= printed.answer

    @api.model
    def _undo(self, picking, undo):
        if "harvest" in undo:
            self._check_on_no_label(picking)
        return super()._undo(picking, undo)

    def _check_on_no_label(self, picking):
        """:raises UserError: if the harvest of a receipt is on a label already"""
        made_here = picking.move_line_ids.filtered("lot_name").lot_id
        carrying = made_here.filtered(
            lambda lot: lot.harvest_id and lot.harvest_id == picking.harvest_id
        )
        printed = self.env["farm.label.job.line"].search(
            [("lot_id", "in", carrying.ids)], limit=1
        )
        if printed:
            raise UserError(
                self.env._(
                    "The label of lot %(lot)s has harvest %(harvest)s on it: that"
                    " stays. Scan another harvest for the lots that follow.",
                    lot=printed.lot_id.name,
                    harvest=picking.harvest_id.name,
                )
            )

    # -- printed ----------------------------------------------------------------------

    def _print_labels(self, picking, lines, copies):
        """Print labels of all lots of these lines, by what people print labels with."""
        self._make_lots(picking, lines)
        wizard = (
            self.env["farm.label.print"]
            .with_company(picking.company_id)
            .with_context(active_model=lines._name, active_ids=lines.ids)
            .create({"copies": copies, "subject": "lot"})
        )
        self._choose_printer(wizard)
        wizard.action_print()
        job = wizard.job_id
        return Result(
            self._printed_text(job),
            answer={"labels": {"name": job.name, "url": _file_of(job)}},
        )

    def _make_lots(self, picking, lines):
        """Make lots of lines that only have their names, as validation does."""
        for line in lines - lines.filtered("lot_id"):
            line.lot_id = self._known_lot(picking, line.product_id, line.lot_name)
        named = lines - lines.filtered("lot_id")
        if named and not picking.picking_type_id.use_create_lots:
            raise UserError(
                self.env._(
                    "%(type)s makes no new lots: lot %(lot)s has to be there first.",
                    type=picking.picking_type_id.display_name,
                    lot=named[0].lot_name,
                )
            )
        named._create_and_assign_production_lot()

    def _choose_printer(self, wizard):
        """The printer that this user printed with last, else the first one of the
        company, else a file. What only prints rolls gets no sheet.
        """
        printer = wizard.printer_id.filtered("active") or self.env[
            "farm.label.printer"
        ].search([("company_id", "=", wizard.company_id.id)], limit=1)
        needs_roll = printer.language == "zpl" and wizard.is_sheet
        label = self._roll(wizard.company_id) if needs_roll else wizard.template_id
        is_sent = printer and label
        wizard.write(
            {
                "template_id": (label or wizard.template_id).id,
                "output": "printer" if is_sent else "download",
                "printer_id": is_sent and printer.id,
            }
        )

    def _roll(self, company):
        return self.env["farm.label.template"].search(
            [
                ("subject", "=", "lot"),
                ("paper", "=", "roll"),
                ("company_id", "in", (False, company.id)),
            ],
            limit=1,
        )

    def _printed_text(self, job):
        names = job.line_ids.mapped("name")
        values = {
            "lot": ", ".join(names[:3]) + (" …" if len(names) > 3 else ""),
            "count": job.label_count,
            "printer": job.printer_id.name,
        }
        if job.printer_id:
            return self.env._("Labels of %(lot)s for %(printer)s: %(count)s.", **values)
        return self.env._("Labels of %(lot)s to print: %(count)s.", **values)


def _file_of(job):
    """The address of a file that people print themselves."""
    if job.printer_id:
        return ""
    return f"/web/content/farm.label.job/{job.id}/content/{job.filename}"
