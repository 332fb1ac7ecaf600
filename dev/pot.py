"""``make pot``: export translations of the suite's add-ons."""

from dev import config, odoo, postgres, proc, say, stamp, template, venv
from dev.config import ADDONS, LOG


def main(used):
    """Export each add-on's template and merge it into its ``.po`` files.

    :raises Stop: when the export fails
    """
    with postgres.running():
        with stamp.only_one():
            plain = template.without_companions(used)
            full = template.with_companions(used) if config.glue() else plain
        for addon in config.suite():
            _export(used, full if addon in config.glue() else plain, addon)


def _export(used, source, addon):
    folder = ADDONS / addon / "i18n"
    folder.mkdir(exist_ok=True)
    terms = folder / f"{addon}.pot"
    files = sorted(folder.glob("*.po"))
    export = odoo.command(used, "i18n", "export", "-d", source, "-o", terms, addon)
    merge = [venv.PYTHON, "-m", "dev.inside.merge_po", terms, *files]
    with say.step(f"Exporting the terms of {addon}"):
        for line in (export, merge):
            proc.run_or_stop(line, LOG / "pot.log", addon, odoo.environment())
