"""What every benchmark needs: the clock, and a row of the table."""

import time


def timed(env, job, unread=None):
    """Seconds that a job takes from empty caches to the last flush, and its result.

    :param unread: names of the models that are not cached, all without
    """
    env.flush_all()
    if unread is None:
        env.invalidate_all()
    for name in unread or ():
        env[name].invalidate_model()
    begin = time.perf_counter()
    result = job()
    env.flush_all()
    return time.perf_counter() - begin, result


def row(name, count, ours, peer="", peer_seconds=None, target=None, same=None):
    """A row as ``make bench`` prints it.

    :param ours: seconds; ``peer_seconds`` those of the peer, ``None`` without one
    :param target: the ratio peer ÷ ours that is asked for
    :param same: whether both sides gave the same answer
    """
    return {
        "row": name,
        "ours_s": ours,
        "peer_s": peer_seconds,
        "peer": peer,
        "ratio": peer_seconds and peer_seconds / ours,
        "target": target,
        "same_answer": same,
        "n": count,
    }
