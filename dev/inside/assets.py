"""Build the web client's bundles once, for the browser tests: CONFIG DATABASE."""

import sys

from dev.inside import environment


def main(config, database):
    """Build what Odoo itself builds ahead of its browser tests, and theirs."""
    with environment(config, database) as env:
        env["ir.qweb"]._pregenerate_assets_bundles()


main(*sys.argv[1:])
