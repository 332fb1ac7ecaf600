"""Where things lie and what the environment asks for."""

import ast
import os
from pathlib import Path

from dev.say import Stop

ROOT = Path(__file__).resolve().parent.parent
RUN = ROOT / ".run"
LOG = RUN / "log"
ADDONS = ROOT / "addons"

#: apps that the tests install beside the suite, for the glue between them
COMPANIONS = (
    "mrp",
    "purchase_stock",
    "repair",
    "sale_stock",
    "stock_delivery",
    "stock_picking_batch",
)
#: apps of Odoo whose own tests must still pass with the suite installed; a group has
#: a database of its own, because tests of an app expect no app that builds on it
CORE_APPS = (
    ("stock", "product_expiry"),
    ("mrp", "stock_picking_batch"),
    ("sale_stock",),
)
LANGUAGES = ("en_US", "id_ID")
DEMO_DATABASE = "farm_demo"


def port():
    """Port of the development server (``PORT``).

    :raises Stop: when ``PORT`` is no port number
    """
    return _port("PORT", 8069)


def edge_port():
    """Port of the page of the collector's device (``EDGE_PORT``): two above Odoo's,
    so that two checkouts with ports of their own need no second one.

    :raises Stop: when ``EDGE_PORT`` is no port number
    """
    return _port("EDGE_PORT", port() + 2)


def _port(variable, default):
    text = os.environ.get(variable) or str(default)
    if not text.isdigit() or not 0 < int(text) < 65536:
        raise Stop(f"{variable}={text} is no port number: {variable}=8070 make up")
    return int(text)


def libraries(root=ROOT):
    """Where the sources of the suite's own distributions begin."""
    return sorted([*root.glob("lib/*/src"), *root.glob("edge/src")])


def suite(addons=ADDONS):
    """Names of the suite's installable add-ons, in alphabetical order."""
    manifests = sorted(addons.glob("*/__manifest__.py"))
    return [m.parent.name for m in manifests if _manifest(m).get("installable", True)]


def glue(addons=ADDONS):
    """Add-ons of the suite that Odoo installs by itself where their apps are."""
    return [name for name in suite(addons) if _of(addons, name).get("auto_install")]


def chosen(addons=ADDONS):
    """Add-ons of the suite that somebody chooses to install: all but the glue.

    A database is made with these; the glue comes when the database has its apps, and
    never brings an app along.
    """
    return [name for name in suite(addons) if name not in glue(addons)]


def outer_depends(addons=ADDONS):
    """Add-ons outside the suite that the chosen ones of the suite depend on."""
    depends = [_of(addons, name).get("depends", []) for name in chosen(addons)]
    return sorted({name for names in depends for name in names} - set(suite(addons)))


def _of(addons, name):
    return _manifest(addons / name / "__manifest__.py")


def _manifest(path):
    return ast.literal_eval(path.read_text(encoding="utf-8"))
