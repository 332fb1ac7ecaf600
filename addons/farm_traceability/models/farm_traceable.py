from odoo import api, models

from ..trace import BOTH
from ..trace.export import Export
from ..trace.export_files import FORMATS
from ..trace.graph import Graph

# Lots in a direction that the drawing looks at; more are drawn as one.
GRAPH_LIMIT = 20_000


class FarmTraceable(models.AbstractModel):
    """What has a trace: it can be drawn, exported, and asked for by its reader."""

    _name = "farm.traceable"
    _description = "Record with a Trace"

    def _trace(self, direction=BOTH, limit=None):
        """The trace of these records; refuses who may not read them.

        :rtype: ~odoo.addons.farm_traceability.trace.Trace
        """
        raise NotImplementedError

    @api.readonly
    def get_trace_graph(self, apart=()):
        """What the widget ``farm_lot_graph`` draws, as the user may see it.

        :param apart: ids of lots that are drawn by themselves whatever the size
        """
        self.ensure_one()
        return Graph(self.env, self._trace(BOTH, GRAPH_LIMIT)).data(apart)

    def action_export_trace(self, extension):
        """Download the trace in one of the formats csv, xlsx, pdf."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_url",
            "url": f"/farm_traceability/trace/{self._name}/{self.id}.{extension}",
            "target": "download",
        }

    def _export_trace(self, extension):
        """The whole trace as a file, as the user may see it.

        :param extension: csv, xlsx or pdf
        :return: the file's content and its MIME type
        """
        self.ensure_one()
        export = Export(self.env, self._trace(BOTH), self.display_name)
        mimetype, write = FORMATS[extension]
        return write(export), mimetype
