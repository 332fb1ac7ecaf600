"""Reads by real HTTP into stock moves, with two workers.

1. both workers take pushes of hands, the lots of which are cut over pushes: against a
   JSON-2 request for each read that does the same, and against bare creates
2. the same with one tag for each lot
3. 100,000 offline reads of 50 devices, of the days before and in several pushes each,
   while ten people use the screens: the server takes one push at a time, as it does by
   itself
4. what people look at, with a year of ten million reads
"""

from functools import partial
from statistics import median

from bench._measure import row, timed
from bench.ingestion import backlog, peers, screens
from bench.ingestion.server import HOST, WORKERS, server, together
from bench.ingestion.world import HANDS, World

LOTS, FILLED = 1_000, 10_000_000
PEER_READS, BARE = 2_000, 20_000
READS_EACH, EVENTS_EACH = 500, 10
LOTS_EACH = 50
ROUNDS = 5
SCREEN_LIMIT, BACKLOG_LIMIT = 0.3, 3.0


def run(env, scale=1.0):
    """Measure all; what is made stays in the database.

    :param env: of a database of its own
    :param float scale: share of the reads
    :return: rows as ``make bench`` prints them
    """
    _install(env)
    world = World(env)
    key = world.make_key()
    env.cr.commit()
    lots = world.make_lots(10)
    gates = [world.make_gate() for _gate in range(2)]
    with server(env.cr.dbname):
        world.take_at_once(WORKERS)
        rows = _moves(world, key, scale) + _whole_lots(world, scale)
        world.take_at_once(0)
        rows += _backlog(world, scale)
    return rows + _screens(world, gates, lots, max(int(FILLED * scale), 10_000))


def _install(env):
    module = env["ir.module.module"].search([("name", "=", "farm_rfid_bridge")])
    if module.state != "installed":
        module.button_immediate_install()
        env.transaction.reset()


# -- reads into moves ------------------------------------------------------------------


def _moves(world, key, scale):
    _warm_up(world)
    gates = [world.make_gate() for _gate in range(2)]
    for gate in gates:
        gate.see_hands(world.make_lots(max(int(LOTS * scale) // 2, 5)), READS_EACH)
    world.env.cr.commit()
    ours = together(*[partial(_push_all, gate) for gate in gates])
    count = sum(gate.reads for gate in gates)
    places = world.env["stock.location"].union(*(gate.place for gate in gates))
    same = world.lying(places) == count
    others = [world.make_gate() for _gate in range(2)]
    each = max(int(PEER_READS * scale) // 2, HANDS // 2)
    theirs = peers.read_by_read(world, key, others, each)
    places = world.env["stock.location"].union(*(gate.place for gate in others))
    same = same and world.lying(places) == 2 * each
    bare_count = max(int(BARE * scale), 2_000)
    bare = peers.bare_creates(key, bare_count) / bare_count
    ours_each, theirs_each = ours / count, theirs / (2 * each)
    peer = "a JSON-2 request each"
    return [
        row("a read into moves", count, ours_each, peer, theirs_each, 50, same),
        row("a read into moves", count, ours_each, "a bare create in a batch", bare),
        row("reads per second, not s", count, count / ours),
    ]


def _whole_lots(world, scale):
    """One tag for each lot: as many moves as reads."""
    gates = [world.make_gate() for _gate in range(2)]
    for gate in gates:
        gate.see_lots(world.make_lots(max(int(LOTS * scale) // 2, 5)), LOTS_EACH)
    world.env.cr.commit()
    seconds = together(*[partial(_push_all, gate) for gate in gates])
    count = sum(gate.reads for gate in gates)
    places = world.env["stock.location"].union(*(gate.place for gate in gates))
    same = world.lying(places) == count * HANDS
    return [row("a tag of a whole lot into moves", count, seconds / count, same=same)]


def _warm_up(world):
    """Both workers load their registry before the clock runs."""
    gates = [world.make_gate() for _gate in range(4)]
    for gate in gates:
        gate.see_hands(world.make_lots(1), READS_EACH)
    world.env.cr.commit()
    together(*[partial(_push_all, gate) for gate in gates])


def _push_all(gate):
    for first, last in gate.pushes(EVENTS_EACH):
        states = gate.device.push(HOST, first, last)
        assert set(states) == {"applied"}, states


# -- screens ---------------------------------------------------------------------------


def _screens(world, gates, lots, count):
    screens.fill(world, gates, lots, count)
    rows = []
    for name, look in screens.screens(world, gates, lots).items():
        look()
        seconds = median(timed(world.env, look)[0] for _round in range(ROUNDS))
        rows.append(row(name, count, seconds, "the limit", SCREEN_LIMIT, 1))
    world.env.cr.commit()
    return rows


# -- backlog ---------------------------------------------------------------------------


def _backlog(world, scale):
    people = [person.login for person in world.make_people(backlog.PEOPLE)]
    gates = [world.make_gate() for _device in range(backlog.DEVICES)]
    lots = max(int(LOTS * scale) // backlog.DEVICES, 1)
    for gate in gates:
        backlog.see(gate, world.make_lots(lots))
    world.env.cr.commit()
    seconds, wait = backlog.drain(world.env.cr.dbname, gates, people)
    count = sum(gate.reads for gate in gates)
    places = world.env["stock.location"].union(*(gate.place for gate in gates))
    same = world.lying(places) == count == _counted(world, gates)
    limit = BACKLOG_LIMIT
    return [
        row("backlog: a read", count, seconds / count, same=same),
        row("backlog: drained in", count, seconds, same=same),
        row("95 % of people's requests", count, wait, "the limit", limit, 1),
        row("sent again, not s", count, sum(g.device.retries for g in gates)),
    ]


def _counted(world, gates):
    """Reads that counted, each tag once."""
    points = [gate.point.id for gate in gates]
    world.env.cr.execute(
        """SELECT count(*), count(DISTINCT tag) FROM farm_read_log
            WHERE point_id = ANY(%s) AND outcome = 'counted'""",
        [points],
    )
    [(reads, tags)] = world.env.cr.fetchall()
    return reads if reads == tags else None
