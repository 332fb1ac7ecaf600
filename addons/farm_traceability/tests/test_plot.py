import json

from odoo.exceptions import ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger
from psycopg2 import IntegrityError

from .common import FarmCase


@tagged("post_install", "-at_install")
class TestPlot(FarmCase):
    def test_the_area_is_measured_and_compared_with_the_stated_one(self):
        self.assertEqual(self.plot.geometry_kind, "Polygon")
        self.assertAlmostEqual(self.plot.measured_area, 1.2204, 3)
        self.plot.area = 2.4404
        self.assertAlmostEqual(self.plot.area_deviation, 1.0, 3)

    def test_a_point_has_no_area_to_compare_with(self):
        plot = self.make_plot(
            geometry='{"type": "Point", "coordinates": [111.13, -7.66]}'
        )
        self.assertEqual(
            (plot.measured_area, plot.area_deviation, plot.geometry_kind),
            (0, 0, "Point"),
        )

    def test_six_decimals_are_kept_as_entered(self):
        text = '{"type": "Point", "coordinates": [111.123456, -7.654321]}'
        plot = self.make_plot(geometry=text)
        plot.invalidate_recordset()
        self.assertEqual(plot.geometry, text)
        self.assertEqual((plot.longitude, plot.latitude), (111.123456, -7.654321))

    def test_the_map_link_points_at_the_plot(self):
        plot = self.make_plot(
            geometry='{"type": "Point", "coordinates": [111.123456, -7.654321]}'
        )
        self.assertEqual(
            plot.map_url,
            "https://www.openstreetmap.org/?mlat=-7.654321&mlon=111.123456"
            "#map=18/-7.654321/111.123456",
        )
        self.assertEqual(plot.action_open_map()["url"], plot.map_url)
        self.assertFalse(self.make_plot(geometry=False).map_url)

    def test_a_bad_geometry_is_refused_with_plot_fault_and_vertex(self):
        ring = [[0, 0], [1, 1], [1, 0], [0, 1], [0, 0]]
        text = json.dumps({"type": "Polygon", "coordinates": [ring]})
        with self.assertRaisesRegex(
            ValidationError,
            "The geometry of plot Bow cannot be used: it crosses itself near vertex 1.",
        ):
            self.make_plot(name="Bow", geometry=text)
        with self.assertRaisesRegex(ValidationError, "it is not JSON"):
            self.plot.geometry = "here"

    def test_the_region_is_the_farmers_unless_said_otherwise(self):
        self.assertEqual(self.make_plot().region_id, self.village)
        elsewhere = self.make_plot(region_id=self.other_village.id)
        self.assertEqual(elsewhere.region_id, self.other_village)
        self.assertEqual(elsewhere.farmer_id.farm_region_id, self.village)

    def test_a_plot_needs_a_region(self):
        homeless = self.make_farmer(farm_region_id=False)
        with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError):
            self.make_plot(homeless)

    def test_register_numbers_are_unique(self):
        self.make_plot(code="P-1")
        with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError):
            self.make_plot(code="P-1")

    def test_two_plots_may_have_no_number(self):
        self.assertFalse((self.make_plot() + self.make_plot(code=False))[1].code)

    def test_an_emptied_number_is_no_number(self):
        first, second = self.make_plot(code="P-1"), self.make_plot(code="P-2")
        (first + second).code = ""
        self.env.flush_all()
        self.assertFalse(first.code or second.code)

    def test_a_plot_with_cycles_is_not_deleted(self):
        with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError):
            self.plot.unlink()
        self.assertEqual(self.plot.cycle_count, 1)

    def test_the_area_cannot_be_negative(self):
        with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError):
            self.make_plot(area=-1)

    def test_a_plot_and_its_records_follow_the_company_of_the_farmer(self):
        company = self.env["res.company"].create({"name": "Other"})
        farmer = self.make_farmer(company_id=company.id)
        plot = self.make_plot(farmer)
        cycle = self.make_cycle(plot)
        self.assertEqual((plot.company_id, cycle.company_id), (company, company))
