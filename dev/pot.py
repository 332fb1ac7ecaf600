"""``make pot``: export translations of the suite's add-ons."""

from dev import config, odoo, postgres, proc, say, stamp, template
from dev.config import ADDONS, LOG


def main(used):
    """Export each add-on's template and merge it into its ``.po`` files.

    :raises Stop: when the export fails
    """
    with postgres.running():
        with stamp.only_one():
            source = template.without_companions(used)
        for addon in config.suite():
            _export(used, source, addon)


def _export(used, source, addon):
    folder = ADDONS / addon / "i18n"
    folder.mkdir(exist_ok=True)
    template_file = folder / f"{addon}.pot"
    command = odoo.command(used, "i18n", "export", "-d", source, "-o", template_file)
    with say.step(f"Exporting the terms of {addon}"):
        log = LOG / "pot.log"
        what = f"Exporting {addon}"
        proc.run_or_stop([*command, addon], log, what, odoo.environment())
        for po in sorted(folder.glob("*.po")):
            odoo.run_plain("merge_po", template_file, po, what=f"Merging {po.name}")
