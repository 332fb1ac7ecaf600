from datetime import datetime, timedelta

from odoo.tests import BaseCase, tagged

from ..models.map.journey import Place, Sighting, leaps, stays

TEN = datetime(2026, 6, 15, 10)
NORTH = Place(("location", 1), "North", ("warehouse", 1), (-7.66, 111.13))
SHELF = NORTH._replace(key=("location", 2), name="Shelf")
SOUTH = Place(("location", 3), "South", ("warehouse", 2), (-8.22, 111.13))
PLOT = Place(("plot", 1), "Plot", point=(-7.67, 111.13))
TABLET = Place(("device", "Tablet"), "Tablet")


def unplaced(place):
    return place._replace(point=None)


@tagged("post_install", "-at_install")
class TestJourney(BaseCase):
    """Where a tag was, and which journeys nothing can make."""

    def see(self, *places_and_minutes):
        sightings = [
            Sighting(TEN + timedelta(minutes=minutes), place, "Counted")
            for place, minutes in places_and_minutes
        ]
        return stays(sightings)

    def impossible(self, *places_and_minutes):
        found = leaps(self.see(*places_and_minutes))
        return [bool(leap and leap.is_impossible) for leap in found]

    def test_sightings_at_one_place_are_one_stay(self):
        found = self.see((NORTH, 0), (SOUTH, 90), (NORTH, 5), (NORTH, 300))
        self.assertEqual(
            [(stay.place.name, len(stay.sightings)) for stay in found],
            [("North", 2), ("South", 1), ("North", 1)],
        )
        self.assertEqual(found[0].last - found[0].first, timedelta(minutes=5))

    def test_sixty_kilometres_take_more_than_half_an_hour(self):
        self.assertEqual(self.impossible((NORTH, 0), (SOUTH, 4)), [False, True])
        self.assertEqual(self.impossible((NORTH, 0), (SOUTH, 45)), [False, False])
        leap = leaps(self.see((NORTH, 0), (SOUTH, 4)))[1]
        self.assertEqual((round(leap.km), leap.time), (62, timedelta(minutes=4)))

    def test_the_same_warehouse_is_reached_at_once(self):
        self.assertEqual(self.impossible((NORTH, 0), (SHELF, 0)), [False, False])

    def test_a_plot_beside_the_warehouse_is_reached_at_once(self):
        self.assertEqual(self.impossible((PLOT, 0), (NORTH, 0)), [False, False])
        self.assertEqual(self.impossible((PLOT, 0), (SOUTH, 1)), [False, True])

    def test_without_positions_two_warehouses_are_ten_minutes_apart(self):
        north, south = unplaced(NORTH), unplaced(SOUTH)
        self.assertEqual(self.impossible((north, 0), (south, 9)), [False, True])
        self.assertEqual(self.impossible((north, 0), (south, 10)), [False, False])
        self.assertEqual(
            self.impossible((unplaced(PLOT), 0), (south, 1)), [False, False]
        )

    def test_what_nobody_knows_between_hides_nothing(self):
        self.assertEqual(
            self.impossible((NORTH, 0), (TABLET, 2), (SOUTH, 4)), [False, False, True]
        )
        self.assertEqual(self.impossible((TABLET, 0), (SOUTH, 0)), [False, False])

    def test_nothing_seen(self):
        self.assertEqual((stays([]), leaps([])), ([], []))
