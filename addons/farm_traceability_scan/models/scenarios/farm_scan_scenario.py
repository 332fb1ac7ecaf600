from odoo import api, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ..units import KILO, PIECE, unit_of
from .result import Result, question


class FarmScanScenario(models.AbstractModel):
    """Work that is done by scanning, such as picking or counting.

    A scenario has *documents* (``_document_domain``). The *sheet* of one holds all that
    the device needs to go on without network. Each kind of event has a method
    ``_do_<kind>``; it gives a :class:`.result.Result` or raises what people read.
    """

    _name = "farm.scan.scenario"
    _description = "Scenario of the Scan Screens"
    #: None where there are no documents: every scan stands for itself
    _document_model = "stock.picking"
    _group = "stock.group_stock_user"
    #: code of the scenario in whose tile and list it stands, such as batches in Pick
    _within = ""
    #: whether work may begin without a document that waits
    _may_begin = False

    # -- the menu ---------------------------------------------------------------------

    @api.model
    def _title(self):
        raise NotImplementedError

    @api.model
    def _is_allowed(self):
        return self.env.user.has_group(self._group)

    @api.model
    def _menu_entry(self):
        return {
            "title": self._title(),
            "count": self._count(),
            "has_documents": bool(self._document_model),
            "may_begin": self._may_begin,
            "within": self._within,
        }

    def _count(self):
        if not self._document_model:
            return 0
        return self.env[self._document_model].search_count(self._document_domain())

    # -- documents --------------------------------------------------------------------

    @api.model
    def _document_domain(self):
        """Documents that wait, of this user's warehouses."""
        warehouses = self.env.user._get_scan_warehouses()
        return Domain("picking_type_id.warehouse_id", "in", warehouses.ids)

    @api.model
    def _documents(self):
        if not self._document_model:
            return []
        documents = self.env[self._document_model].search(
            self._document_domain(), limit=200
        )
        return [self._entry(document) for document in documents]

    @api.model
    def _document(self, document_id):
        """One document of this user's; None where there are none.

        :raises UserError: if it is no such document, whoever asks
        """
        if not self._document_model:
            return None
        found = self._find(document_id)
        if not found:
            raise UserError(
                self.env._(
                    "This document is done, cancelled or not yours. Go back to the"
                    " list."
                )
            )
        return found

    @api.model
    def _document_for(self, kind, document_id):
        """The document that an event is about; see ``_document``."""
        return self._document(document_id)

    @api.model
    def _find(self, document_id):
        """The document, if it may be worked on; nothing where there are none."""
        if not (document_id and self._document_model):
            return None
        return self.env[self._document_model].search(
            self._open_domain() & Domain("id", "=", document_id)
        )

    @api.model
    def _begin(self):
        """Make a document of this user's to work on."""
        raise UserError(self.env._("Choose a document from the list."))

    @api.model
    def _open_domain(self):
        """Documents that may still be worked on; at least those that wait."""
        return self._document_domain()

    @api.model
    def _product_entry(self, product):
        """A product as the device needs it to know its symbols.

        - ``unit``: its name; ``is_counted``: of pieces; ``kilo``: a kilogram in it, 0
          for what is not weighed
        - ``packs``: how much each packaging holds, by its barcode
        """
        codes = [product.barcode, *product.product_uom_ids.mapped("barcode")]
        unit, kilo = product.uom_id, unit_of(self.env, KILO)
        piece = unit_of(self.env, PIECE)
        is_weighed = unit._has_common_reference(kilo)
        return {
            "id": product.id,
            "name": product.display_name,
            "barcodes": list(filter(None, codes)),
            "tracking": product.tracking,
            "unit": unit.name,
            "is_counted": unit._has_common_reference(piece),
            "kilo": (
                kilo._compute_quantity(1.0, unit, round=False) if is_weighed else 0.0
            ),
            "packs": {
                pack.barcode: pack.uom_id._compute_quantity(1.0, unit)
                for pack in product.product_uom_ids
                if pack.barcode
            },
        }

    # -- events -----------------------------------------------------------------------

    @api.model
    def _links(self, document, result):
        """Values of an event: what it was done to."""
        is_picking = document is not None and document._name == "stock.picking"
        return {"picking_id": document.id} if is_picking else {}

    @api.model
    def _events_domain(self, document):
        """Events of a document."""
        return Domain("picking_id", "=", document.id)

    @api.model
    def _apply(self, document, kind, sent):
        do = getattr(self, f"_do_{kind}", None)
        if not do:
            raise UserError(
                self.env._("“%(kind)s” cannot be done here. Update the app.", kind=kind)
            )
        return do(document, sent)

    @api.model
    def _do_undo(self, document, sent):
        """Take back an event of this document."""
        event = self.env["farm.scan.event"].search([("uuid", "=", sent["of"])])
        if not event or event.state != "applied" or not event.undo:
            raise UserError(self.env._("This scan cannot be taken back any more."))
        event._check_mine()
        self._undo(document, event.undo)
        # Its methods write events, nobody else does.
        event.sudo().state = "undone"
        return Result(self.env._("Taken back: %(scan)s", scan=event.message))

    # -- scans ------------------------------------------------------------------------

    @api.model
    def _meaning(self, sent, fits):
        """What a scan means in this work.

        :param fits: says of a meaning whether it can be meant here
        :return: a :class:`.meaning.Meaning`; or a ``Result`` that asks or refuses
        """
        reader = self.env["farm.scan.reader"]
        product = self.env["product.product"].browse(sent["product_id"])
        reading = reader._read(sent["text"], product.exists())
        if product.exists() and sent["choice"] == f"product,{product.id}":
            # It was touched: a product may have no symbol at all.
            return self._touched(reading, product)
        if not reading.meanings:
            raise UserError(reader._say_unknown(reading.look))
        chosen = [one for one in reading.meanings if one.key == sent["choice"]]
        meanings = chosen or list(filter(fits, reading.meanings)) or reading.meanings
        if len(meanings) == 1:
            return meanings[0]
        return question(
            "meaning",
            self.env._("“%(text)s” is several things: which one?", text=sent["text"]),
            [
                {"key": one.key, "name": one.name, "detail": one.detail}
                for one in meanings
            ],
        )

    def _touched(self, reading, product):
        same = (one for one in reading.meanings if one.key == f"product,{product.id}")
        return next(same, None) or self.env["farm.scan.reader"]._product(product, "")
