import io
from pathlib import Path
from tempfile import TemporaryDirectory

from odoo.addons.farm_traceability.labels import (
    Block,
    Format,
    Values,
    draw,
    render_png,
)
from odoo.tests import tagged
from PIL import Image

from .device_case import DeviceCase

GTIN = "09501101530003"
#: symbols that the camera sees one after another; the lot is in the middle of the first
SYMBOLS = {
    "CAM-1": ("gs1_128", "01 10 30"),
    "CAM-2": ("gs1_datamatrix", "01 10 30"),
    "CAM-3": ("digital_link", "01 10"),
}
SIZE = (640, 480)
FRAMES_A_SECOND = 10


@tagged("post_install", "-at_install")
class TestDeviceCamera(DeviceCase):
    """The camera reads what lies before it, also where the browser itself cannot."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.category.removal_strategy_id = cls.strategy("fefo")
        cls.product.write({"name": "Banana", "barcode": GTIN[1:]})
        cls.cold = cls.make_place("Cold 1")
        for days, name in enumerate(SYMBOLS, 20):
            cls.make_stock(name, days, 1, cls.cold)
        folder = cls.enterClassContext(TemporaryDirectory())
        cls.video = Path(folder, "symbols.y4m")
        cls.video.write_bytes(film([photo(name) for name in SYMBOLS]))
        cls.switches = {
            "--use-fake-ui-for-media-stream": 1,
            "--use-fake-device-for-media-stream": 1,
            "--use-file-for-fake-video-capture": cls.video,
        }

    def test_each_symbol_is_read_also_without_network(self):
        picking = self.make_delivery(len(SYMBOLS))
        picking.action_assign()
        path = f"/farm/scan#/pick/{picking.id}"
        with self.device(path=path, switches=self.switches) as device:
            device.see(".fs-task", "Cold 1")
            self.assertFalse(device.js("'BarcodeDetector' in window"))
            library = "/web/static/lib/zxing-library/zxing-library.js"
            self.assertFalse(device.js("Boolean(window.ZXing)"), "it is lazy")
            device.wait(f"caches.match('{library}')", "the library on the device")
            device.lose_network()
            device.tap("[data-tool=camera]")
            device.see(".fs-camera.is-ready")
            device.wait("document.querySelector('.fs-alldone')", "all symbols")
            device.set_offline(False)
            device.scan("FARM:LOG")
            device.see(".fs-status.is-right")
        lines = picking.move_line_ids
        self.assertEqual(set(lines.mapped("scanned_quantity")), {1})
        events = self.env["farm.scan.event"].search([("picking_id", "=", picking.id)])
        applied = events.filtered(lambda event: event.state == "applied")
        self.assertEqual(len(applied), len(SYMBOLS), applied.mapped("text"))

    def test_without_a_camera_it_says_so(self):
        with self.device(path="/farm/scan#/look_up/work") as device:
            device.tap("[data-tool=camera]")
            device.see(".fs-panel .fs-empty", "no camera")


def photo(name):
    """A label as it lies before a camera, grey on grey."""
    kind, codes = SYMBOLS[name]
    form = Format(75, 40)
    values = Values(elements={"01": GTIN, "10": name, "30": "1"})
    block = Block(kind, 3, 5, 69, 30, codes, align="center")
    label = render_png(form, draw(form, [block], values), dpi=203)
    image = Image.new("L", SIZE, 190)
    image.paste(Image.open(io.BytesIO(label)).resize((600, 320)), (20, 80))
    return image


def film(images, seconds=1):
    """Uncompressed video (YUV4MPEG2) that shows one picture after another."""
    width, height = SIZE
    begin = f"YUV4MPEG2 W{width} H{height} F{FRAMES_A_SECOND}:1 Ip A1:1 C420jpeg\n"
    grey = bytes([128]) * (width * height // 2)
    frames = [b"FRAME\n" + one.tobytes() + grey for one in images]
    shown = [frame for frame in frames for _time in range(FRAMES_A_SECOND * seconds)]
    return begin.encode() + b"".join(shown)
