"""Labels without Odoo, and ZPL as a renderer of Zebra's language shows it."""

import resource
import subprocess
import sys
from types import ModuleType

import pytest

from dev import lint
from dev.config import ADDONS

ROOM = ADDONS / "farm_traceability"
RENDERER = lint.NODE / "node_modules" / "zpl-renderer-js"
RENDER = """
const {ready} = require(process.argv[1]);
const [file, width, height, dots] = process.argv.slice(2);
const fs = require("fs");
ready.then(async ({api}) => {
    const zpl = fs.readFileSync(file, "utf8");
    const sizes = [width, height, dots].map(Number);
    const images = await api.zplToBase64MultipleAsync(zpl, ...sizes);
    images.forEach((one, at) =>
        fs.writeFileSync(`${file}.${at}.png`, Buffer.from(one, "base64")));
    process.exit(0);
});
"""
ALONE = """
import sys
from types import ModuleType
room = sys.modules["room"] = ModuleType("room")
room.__path__ = [sys.argv[1]]
import room.labels
from room.labels import Block, Format, Values, draw, render_pdf, render_png, render_zpl
form = Format(50, 30)
drawings = [draw(form, [Block("text", 2, 2, 40, 6, "{lot}")], Values({"lot": "A-1"}))]
assert render_pdf(form, drawings) and render_zpl(form, drawings)
assert render_png(form, drawings[0])
assert "odoo" not in sys.modules
"""


@pytest.fixture(scope="module")
def room():
    """The package's labels and their samples, as parts of a package ``room``."""
    for name, path in (("room", ROOM), ("room.tests", ROOM / "tests")):
        package = ModuleType(name)
        package.__path__ = [str(path)]
        sys.modules[name] = package
    from room import labels
    from room.tests import label_common, label_samples

    yield labels, label_samples, label_common
    for name in [one for one in sys.modules if one.split(".")[0] == "room"]:
        del sys.modules[name]


def test_labels_need_no_odoo():
    subprocess.run([sys.executable, "-c", ALONE, ROOM], check=True)


@pytest.mark.parametrize("dpi", [203, 300])
@pytest.mark.parametrize("name", ["bunch", "hand", "crate", "pallet"])
def test_zpl_is_read_as_printed(room, tmp_path, name, dpi):
    reason = lint.why_no_node() or (not RENDERER.exists() and "no zpl-renderer-js")
    if reason:
        pytest.skip(reason)
    labels, samples, common = room
    form, blocks = samples.TEMPLATES[name]
    drawings, wanted = [], []
    for values in (samples.short_values(), samples.long_values()):
        simplify(values)
        drawings.append(labels.draw(form, blocks, values, dpi))
        wanted.append(common.expected(blocks, values))
    file = tmp_path / "label.zpl"
    file.write_bytes(labels.render_zpl(form, drawings, dpi))
    render(file, form, dpi)
    for number, symbols in enumerate(wanted):
        image = (tmp_path / f"label.zpl.{number}.png").read_bytes()
        assert common.scanned(image) == symbols


def simplify(values):
    """Values whose bars the renderer can draw.

    It does not go back to pairs of digits after ``>5``, as the language has it, and
    loses a single letter behind ``>6``; that our bars are right is tested with the
    language's table, in ``test_label_zpl``.
    """
    lot = values.elements["10"].translate(str.maketrans("0123456789", "ABCDEFGHIJ"))
    values.elements |= {"10": lot, "37": "1200"}


def render(file, form, dpi):
    # The renderer knows whole dots a mm only.
    dots = {203: 8, 300: 12}[dpi]
    shrink = {203: 1, 300: 300 / 25.4 / 12}[dpi]
    sizes = [str(side * shrink) for side in form.lying]
    command = ["node", "-e", RENDER, RENDERER, file, *sizes, str(dots)]
    subprocess.run(command, check=True, preexec_fn=_take_memory)


def _take_memory():
    """Undo the limit that Odoo sets for its own process: the renderer reserves more."""
    hardest = resource.getrlimit(resource.RLIMIT_AS)[1]
    resource.setrlimit(resource.RLIMIT_AS, (hardest, hardest))
