"""A virtual tag is tapped by a click."""

import pytest
from farm_edge.screen import Server, app
from farm_edge.screen.simulator import Simulator
from farm_edge.virtual.process import Remote
from farmtag import Chip
from screen.conftest import Visitor
from screen_views import ShownDesk
from work_world import CARD_UID, card


@pytest.fixture
def visitor(field):
    field.make("Siti", Chip.NTAG215, CARD_UID, card())
    server = Server(app(ShownDesk(), field=field), 0)
    server.start()
    visitor = Visitor(server.url)
    yield visitor
    visitor.http.close()
    server.stop()


def press(visitor, do, **values):
    form = visitor.form(visitor.page("/simulate"), do, "do") | values
    return visitor.http.post("/simulate", data=form)


def test_a_click_lays_it_there_and_takes_it_away(visitor, field):
    press(visitor, "tap", name="Siti")
    assert field.state()["lying"] == ["Siti"]
    press(visitor, "take", name="Siti")
    assert field.state()["lying"] == []


def test_a_new_tag_is_blank(visitor, field):
    before = field.state()["chips"]
    press(visitor, "make", chip="NTAG213")
    (name,) = field.state()["chips"].keys() - before.keys()
    (tag,) = [one for one in Simulator(field).tags() if one.name == name]
    assert (tag.chip, tag.text, tag.lies) == ("NTAG213", "", False)


@pytest.mark.parametrize(
    "values", [{"name": "nobody"}, {"do": "make", "chip": "NTAG999"}, {"do": "poke"}]
)
def test_what_is_not_there_is_not_done(visitor, field, values):
    def lies():
        return {name: field.state()[name] for name in ("chips", "lying")}

    before = lies()
    form = visitor.form(visitor.page("/simulate"), "tap", "do")
    visitor.http.post("/simulate", data=form | {"name": ""} | values)
    assert lies() == before


def test_a_foreign_form_lays_nothing(visitor, field):
    form = {"do": "tap", "name": "Siti", "token": "guessed"}
    assert visitor.http.post("/simulate", data=form).status_code == 403
    assert field.state()["lying"] == []


def test_a_reader_that_is_gone_is_told():
    server = Server(app(ShownDesk(), field=Remote(9)), 0)
    server.start()
    visitor = Visitor(server.url)
    assert "does not answer" in visitor.page("/simulate")
    server.stop()
