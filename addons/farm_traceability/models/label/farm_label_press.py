import base64
import re
from itertools import repeat

from odoo import models
from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tools import split_every

from ...labels import render_pdf, render_zpl
from .drawer import Drawer
from .sentences import in_words

# Lots whose values are read at once.
PART = 500
# Names that differ from label to label of the same lot.
COUNTING = {"number", "total"}


class FarmLabelTemplate(models.Model):
    """Printing: all labels of a job are drawn, then the job is made."""

    _inherit = "farm.label.template"

    def _print(self, batch, printer=None, start=1, reason=None, origin=None):
        """Make the job that prints a label for each subject, some of them repeatedly.

        :param batch: pairs of a ``Subject`` and its number of labels
        :param printer: a ``farm.label.printer``; none for a download
        :param start: place of the first label on a sheet, from 1
        :rtype: farm.label.job
        :raises UserError: for the first label that cannot be printed; nothing is
            printed then
        """
        self.ensure_one()
        batch = [(subject, copies) for subject, copies in batch if copies > 0]
        if not batch:
            raise UserError(
                self.env._("There is nothing to print: choose lots and copies.")
            )
        self._check_printer(printer)
        raw = self._render(batch, printer, start)
        vals = self._prepare_job(batch, printer) | {
            "content": base64.b64encode(raw),
            "filename": self._get_filename(printer),
            "reason": reason,
            "origin": origin,
        }
        # Nobody types in what was printed; here it is what was.
        job = self.env["farm.label.job"].sudo().create(vals).sudo(False)
        if printer:
            # Whoever may print may wake the job that sends.
            self.env.ref("farm_traceability.cron_label_jobs").sudo()._trigger()
        return job

    def _check_printer(self, printer):
        if printer and self._is_sheet() and printer.language == "zpl":
            raise UserError(
                self.env._(
                    "%(printer)s prints rolls, %(label)s is a sheet. Download it, or"
                    " choose another printer.",
                    printer=printer.name,
                    label=self.name,
                )
            )
        if printer:
            printer.check_access("read")

    # -- the file ---------------------------------------------------------------------

    def _render(self, batch, printer, start):
        """The file of all labels."""
        speaker = self.with_context(lang=self.lang) if self.lang else self
        with in_words(self.env):
            drawer = Drawer(speaker, printer and int(printer.dpi))
            drawings = speaker._draw_all(drawer, batch)
            if printer and printer.language == "zpl":
                return render_zpl(drawer.format, drawings, drawer.dpi)
            return render_pdf(drawer.format, drawings, start)

    def _draw_all(self, drawer, batch):
        """The drawings of all labels, one after another, so that few are kept."""
        values = self.env["farm.label.values"]
        is_counting = self.block_ids._names_any(COUNTING)
        for part in split_every(PART, batch, list):
            contents = values._contents([subject for subject, _copies in part])
            for (subject, copies), content in zip(part, contents, strict=True):
                with in_words(self.env, subject.name):
                    if is_counting:
                        yield from self._draw_counted(drawer, content, copies)
                    else:
                        yield from repeat(drawer.draw(*content), copies)

    def _draw_counted(self, drawer, content, copies):
        texts, *rest = content
        for number in range(1, copies + 1):
            counted = {"number": str(number), "total": str(copies)}
            yield drawer.draw(texts | counted, *rest)

    def _get_filename(self, printer):
        extension = "zpl" if printer and printer.language == "zpl" else "pdf"
        plain = re.sub(r"[^\w.-]+", "-", self.name).strip("-") or "labels"
        return f"{plain}.{extension}"

    # -- the record -------------------------------------------------------------------

    def _prepare_job(self, batch, printer):
        before = self._get_printed([subject for subject, _copies in batch])
        lines = [
            {
                "lot_id": subject.lot.id,
                "package_id": subject.package.id,
                "name": subject.name,
                "copies": copies,
                "is_reprint": subject.key in before,
            }
            for subject, copies in batch
        ]
        return {
            "template_id": self.id,
            "template_name": self.name,
            "company_id": self.env.company.id,
            "user_id": self.env.uid,
            "printer_id": printer and printer.id,
            "state": "waiting" if printer else "made",
            "label_count": sum(copies for _subject, copies in batch),
            "is_reprint": any(line["is_reprint"] for line in lines),
            "line_ids": [Command.create(line) for line in lines],
        }

    def _get_printed(self, subjects):
        """Keys of the subjects that this label was printed of before.

        :rtype: set
        """
        lines = self.env["farm.label.job.line"]
        name = self._get_subject_field()
        groups = lines._read_group(
            [
                ("template_id", "=", self.id),
                ("job_id.state", "!=", "cancelled"),
                (name, "in", [subject.key.id for subject in subjects]),
            ],
            [name],
        )
        return {record for (record,) in groups}

    def _shows_sscc(self):
        symbols = self.block_ids.filtered(lambda block: block._is_symbol())
        terms = [term for block in symbols for term in block._get_terms()]
        return ("00", False) in terms or self.block_ids._names_any({"sscc"})

    def _get_subject_field(self):
        return f"{self.subject}_id"
