import base64

from odoo import fields, models
from odoo.exceptions import UserError

from ..regions import LEVELS, RegionFileError, plan_regions, read_regions


class FarmRegionImport(models.TransientModel):
    """Take regions from a CSV file; existing codes are updated.

    A row that cannot be taken is named by its line; the rest stands.
    """

    _name = "farm.region.import"
    _description = "Import of Regions"

    file = fields.Binary("CSV File", attachment=False)
    filename = fields.Char()
    state = fields.Selection(
        [("upload", "Upload"), ("done", "Done")], default="upload", readonly=True
    )
    created_count = fields.Integer("Created", readonly=True)
    updated_count = fields.Integer("Updated", readonly=True)
    refused_count = fields.Integer("Refused", readonly=True)
    refused = fields.Text("Refused Rows", readonly=True)

    def action_import(self):
        self.ensure_one()
        if not self.file:
            raise UserError(self.env._("Choose a CSV file first."))
        try:
            regions, unreadable = read_regions(base64.b64decode(self.file))
        except RegionFileError as error:
            raise UserError(error.sentence(self.env._)) from error
        existing = self._existing_regions(regions)
        parts = self._parts_of_changed(regions, existing)
        planned, misplaced = plan_regions(
            regions,
            {region.code: region.level for region in [*parts, *existing.values()]},
            {part.code: part.parent_id.code for part in parts},
            self._locked_codes(regions, existing),
        )
        self._load(planned, existing)
        self._report(planned, set(existing), unreadable + misplaced)
        return self._reopen()

    def _existing_regions(self, regions):
        codes = {code for each in regions for code in (each.code, each.parent_code)}
        existing = (
            self.env["farm.region"]
            .with_context(active_test=False)
            .search([("code", "in", list(codes))])
        )
        return {region.code: region for region in existing}

    def _parts_of_changed(self, regions, existing):
        """Parts of the regions whose level the file changes."""
        changed = [
            existing[each.code].id
            for each in regions
            if each.code in existing and existing[each.code].level != each.level
        ]
        return (
            self.env["farm.region"]
            .with_context(active_test=False)
            .search([("parent_id", "in", changed)])
        )

    def _locked_codes(self, regions, existing):
        """Codes of the rows that change a region that the user may not change."""
        records = self.env["farm.region"].union(*existing.values())
        locked = records - records._filtered_access("write")
        return {
            each.code
            for each in regions
            if each.code in existing
            and existing[each.code] in locked
            and self._changes(existing[each.code], each, existing)
        }

    def _load(self, planned, existing):
        """Write level by level, so that parents are there before their parts."""
        by_code = dict(existing)
        for level in LEVELS:
            fresh = []
            for region in (each for each in planned if each.level == level):
                if region.code in existing:
                    record = existing[region.code]
                    if changes := self._changes(record, region, by_code):
                        # Asked for all before: a row that moves a region away must
                        # not close the rows of its parts.
                        record.sudo().write(changes)
                else:
                    fresh.append(region)
            created = self.env["farm.region"].create(
                [self._prepare_region_vals(region, by_code) for region in fresh]
            )
            by_code |= {region.code: region for region in created}

    def _changes(self, record, region, by_code):
        return {
            name: value
            for name, value in self._prepare_region_vals(region, by_code).items()
            if record._fields[name].convert_to_write(record[name], record) != value
        }

    def _prepare_region_vals(self, region, by_code):
        parent = by_code.get(region.parent_code)
        vals = {
            "code": region.code,
            "name": region.name,
            "level": region.level,
            "parent_id": parent.id if parent else False,
        }
        if region.latitude is not None and region.longitude is not None:
            vals |= {"latitude": region.latitude, "longitude": region.longitude}
        return vals

    def _report(self, planned, existing_codes, refusals):
        updated = sum(region.code in existing_codes for region in planned)
        refusals.sort()
        self.write(
            {
                "state": "done",
                "file": False,
                "updated_count": updated,
                "created_count": len(planned) - updated,
                "refused_count": len(refusals),
                "refused": "\n".join(each.sentence(self.env._) for each in refusals),
            }
        )

    def _reopen(self):
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Import Regions"),
            "res_model": self._name,
            "res_id": self.id,
            "view_mode": "form",
            "target": "new",
        }
