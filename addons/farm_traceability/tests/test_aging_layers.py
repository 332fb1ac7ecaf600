from odoo.tests import tagged

from .aging_common import AgingCase


@tagged("post_install", "-at_install")
class TestAgingLayers(AgingCase):
    """How old is what lies where, by the days on which it came in."""

    def assertAges(self, ages, **keys):
        self.assertEqual(self.ages(**keys), ages)
        self.assertEqual(
            self.layers(keys.get("day", 400)), self.reference(keys.get("day", 400))
        )

    def test_the_oldest_goes_first(self):
        self.receive_on(1, 30)
        self.receive_on(2, 20)
        self.deliver_on(3, 10)
        self.assertAges({1: 20, 2: 20})
        self.deliver_on(4, 25)
        self.assertAges({2: 15})

    def test_at_a_past_date_later_moves_do_not_count(self):
        self.receive_on(1, 30)
        self.deliver_on(3, 10)
        self.receive_on(5, 7)
        self.assertAges({1: 30}, day=2)
        self.assertAges({1: 20}, day=4)
        self.assertAges({1: 20, 5: 7}, day=6)

    def test_what_is_missing_is_filled_before_a_layer_opens(self):
        self.deliver_on(1, 30)
        self.receive_on(2, 20)
        self.assertAges({None: -10})
        self.receive_on(3, 20)
        self.receive_on(3, 10)
        self.assertAges({3: 20})

    def test_each_place_has_its_own_queue(self):
        self.receive_on(1, 10, self.shelf)
        self.receive_on(2, 10, self.cellar)
        self.deliver_on(3, 10, self.cellar)
        self.receive_on(4, 10, self.cellar)
        self.assertAges({1: 10}, place=self.shelf)
        self.assertAges({4: 10}, place=self.cellar)

    def test_a_transfer_keeps_the_age_over_any_number_of_places(self):
        self.receive_on(1, 10, self.stock)
        self.receive_on(2, 10, self.stock)
        self.move(5, 15, self.stock, self.shelf)
        self.move(6, 12, self.shelf, self.cellar)
        self.move(7, 3, self.cellar, self.stock)
        self.assertAges({2: 5, 1: 3}, place=self.stock)
        self.assertAges({2: 3}, place=self.shelf)
        self.assertAges({1: 7, 2: 2}, place=self.cellar)

    def test_what_left_before_it_came_is_as_old_as_its_leaving(self):
        self.move(3, 10, self.shelf, self.cellar)
        self.receive_on(5, 4, self.shelf)
        self.assertAges({3: 10}, place=self.cellar)
        self.assertAges({None: -6}, place=self.shelf)

    def test_a_return_restores_the_age(self):
        self.receive_on(1, 10)
        self.receive_on(2, 10)
        delivery = self.deliver_on(5, 15)
        self.take_back_on(8, 4, delivery)
        self.assertAges({2: 5, 1: 4})
        self.take_back_on(9, 8, delivery, self.cellar)
        self.assertAges({1: 6, 2: 2}, place=self.cellar)

    def test_more_back_than_went_is_new(self):
        self.receive_on(1, 10)
        delivery = self.deliver_on(5, 3)
        self.take_back_on(8, 5, delivery, self.cellar)
        self.assertAges({1: 3, 8: 2}, place=self.cellar)

    def test_a_return_of_what_came_by_transfer(self):
        self.receive_on(1, 10, self.stock)
        self.move(2, 10, self.stock, self.shelf)
        delivery = self.deliver_on(5, 10)
        self.take_back_on(8, 10, delivery, self.stock)
        self.assertAges({1: 10}, place=self.stock)

    def test_goods_of_an_owner_are_apart(self):
        self.receive_on(1, 10)
        self.receive_on(2, 10, owner=self.farmer)
        self.deliver_on(3, 5, owner=self.farmer)
        self.assertAges({1: 10, 2: 5})

    def test_a_count_opens_a_layer_or_takes_the_oldest(self):
        self.receive_on(1, 30)
        self.count_on(2, 50)
        self.assertAges({1: 30, 2: 20})
        self.count_on(3, 15)
        self.assertAges({2: 15})
