from odoo import api, models
from odoo.exceptions import UserError

from .result import Asks, Result, question


class FarmScanPick(models.AbstractModel):
    """Packages while picking.

    A package that was reserved is taken as a whole. Any other one is packed into: what
    is loose goes in; with nothing loose it is opened for what comes. An open package is
    closed by the next one, by "Pack", and at the end.
    """

    _inherit = "farm.scan.pick"

    #: whether the screen offers to pack
    _may_pack = True

    @api.model
    def _sheet(self, picking):
        return super()._sheet(picking) | {
            "may_pack": self._may_pack,
            "open_package": self._open_package(picking).name or "",
        }

    @api.model
    def _line(self, line):
        return super()._line(line) | {"packed": self._packed_in(line).name or ""}

    def _packed_in(self, line):
        """The package that what was scanned of a line was put into."""
        into = line.result_package_id
        return into if line.scan_packed else into.browse()

    def _is_scanned(self, line):
        """Nothing more goes onto a line that is packed."""
        return bool(self._packed_in(line)) or super()._is_scanned(line)

    # -- a package is scanned ---------------------------------------------------------

    def _take_package(self, picking, meaning, sent):
        package = self.env["stock.package"].browse(meaning.id)
        lines = self._lines_of_package(picking, package)
        if not lines:
            return self._take_empty_package(picking, package, sent)
        left = lines.filtered(lambda line: not self._is_scanned(line))
        if not left:
            raise UserError(
                self.env._(
                    "All of package %(package)s is scanned already.%(next)s",
                    package=package.name,
                    next=self._next_text(picking),
                )
            )
        undo = [self._scanned(line, self._to_scan(line)) for line in left]
        return Result(
            self.env._("Package %(package)s", package=package.name),
            undo={"lines": undo},
        )

    def _lines_of_package(self, picking, package):
        """Lines of what lies in a package, or in those that it holds."""
        inside = package | package.all_children_package_ids
        return picking.move_line_ids.filtered(lambda line: line.package_id in inside)

    def _take_empty_package(self, picking, package, sent):
        """One to pack into: what is loose now, else what comes."""
        if not self._may_pack:
            self._refuse_package(picking, package)
        self._check_may_fill(package, picking.move_line_ids)
        loose, last = self._loose(picking), self._open_package(picking)
        undo = self._pack_into(last or package, loose, sent) if loose else []
        is_closed = last == package or (loose and not last)
        return Result(
            self._filled_text(package, loose, is_closed),
            answer={"open_package": None if is_closed else package.id},
            undo={"lines": undo},
        )

    def _refuse_package(self, picking, package):
        raise UserError(
            self.env._(
                "Nothing of package %(package)s belongs to this transfer.%(next)s",
                package=package.name,
                next=self._next_text(picking),
            )
        )

    def _filled_text(self, package, loose, is_closed):
        if not is_closed:
            return self.env._("Now into package %(package)s", package=package.name)
        if package in loose.result_package_id:
            return self._packed_text(package, loose)
        return self.env._("Package %(package)s is closed.", package=package.name)

    def _check_may_fill(self, package, own):
        """
        :param own: lines that may be in the package already
        """
        lines = self.env["stock.move.line"].search(
            [
                ("result_package_id", "=", package.id),
                ("state", "not in", ("done", "cancel")),
            ]
        )
        others = lines - own
        if others:
            raise UserError(
                self.env._(
                    "Package %(package)s is filled for %(picking)s. Take another one.",
                    package=package.name,
                    picking=others.picking_id[:1].name,
                )
            )
        if package.contained_quant_ids:
            raise UserError(
                self.env._(
                    "Package %(package)s is not empty and is not for this transfer.",
                    package=package.name,
                )
            )

    # -- packed -----------------------------------------------------------------------

    @api.model
    def _do_pack(self, picking, sent):
        loose, package = self._loose(picking), self._open_package(picking)
        if not loose:
            raise UserError(
                self.env._("Nothing is loose: scan what goes into the package first.")
            )
        undo = self._pack_into(package, loose, sent)
        packages = loose.result_package_id
        return Result(
            " · ".join(self._packed_text(one, loose) for one in packages),
            answer={
                "package": {"id": packages[0].id, "name": packages[0].name},
                "open_package": None,
            },
            undo={"lines": undo},
        )

    def _packed_text(self, package, lines):
        return self.env._("Packed into %(package)s", package=package.name)

    def _pack_into(self, package, loose, sent):
        """Pack lines, each transfer's into a package of its own.

        :param package: empty for new ones
        :return: what takes it back
        """
        groups = loose.grouped("picking_id")
        if package and len(groups) > 1:
            groups = self._chosen(groups, package, sent)
        for picking, lines in groups.items():
            if package:
                self._check_may_fill(package, picking.move_line_ids)
            for line in lines.filtered(lambda line: not self._is_scanned(line)):
                self._leave_rest(line)
            lines._put_in_pack(package.id)
            # Only scans set it, and people read it.
            lines.sudo().scan_packed = True
        packed = self.env["stock.move.line"].concat(*groups.values())
        return [{"line": line.id, "unpacked": True} for line in packed]

    def _chosen(self, groups, package, sent):
        """Of several transfers the one that a package is for.

        :raises Asks: until somebody says so
        """
        pickings = sorted(groups, key=lambda picking: picking.id)
        keys = {f"picking,{picking.id}": picking for picking in pickings}
        picking = keys.get(sent["choice"])
        if picking:
            return {picking: groups[picking]}
        raise Asks(
            question(
                "meaning",
                self.env._(
                    "For which transfer is package %(package)s?", package=package.name
                ),
                [
                    {
                        "key": key,
                        "name": one.name,
                        "detail": one.partner_id.display_name or "",
                    }
                    for key, one in keys.items()
                ],
            )
        )

    def _loose(self, picking):
        """What this user has scanned, and is in no package.

        What only others have scanned stays in their hands.
        """
        lines = picking.move_line_ids.filtered(
            lambda line: line[self._counter] and not line.result_package_id
        )
        events = self.env["farm.scan.event"]
        others = events._lines_of_others(self._events_domain(picking)) if lines else ()
        return lines.filtered(lambda line: line.id not in others)

    @api.model
    def _open_package(self, picking):
        """Where what is scanned goes: the package that this user has opened last."""
        packages, events = self.env["stock.package"], self.env["farm.scan.event"]
        if not self._may_pack:
            return packages
        domain = self._events_domain(picking)
        package_id = events._last_answer(domain, "open_package")
        return packages.browse(package_id or ()).exists()

    @api.model
    def _do_finish(self, picking, sent):
        """What is loose goes into the open package first."""
        package = self._open_package(picking)
        loose = package and self._loose(picking)
        if loose:
            self._pack_into(package, loose, sent)
        return super()._do_finish(picking, sent)
