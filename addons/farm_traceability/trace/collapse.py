"""Which parts of a large drawing are drawn as one. Plain Python."""

from collections import defaultdict
from collections.abc import Hashable
from typing import NamedTuple

# Groups as small as this are drawn one by one where there is room.
FEW = 3


class Member(NamedTuple):
    """Something to draw.

    ``kind`` is what may be drawn as one, its first part the coarsest; ``step`` how
    far from the beginning, negative against the arrows; ``near`` its neighbours that
    are nearer to the beginning.
    """

    kind: tuple[Hashable, ...]
    step: int
    near: frozenset


def collapse(members, limit, apart=frozenset()):
    """Put members of the same kind together until at most ``limit`` are left.

    First those with the very same neighbours, then those whose neighbours were put
    together, then whole steps, then several steps in a row, in the end all of a kind
    and all of the first part of a kind.

    :param members: ``{key: Member}``
    :param apart: keys that stay by themselves; they come on top of the limit
    :return: groups in the order of their first members
    :rtype: list[list[key]]
    """
    groups = []
    for labels in _levels(members):
        groups = _gather(labels, apart)
        if len(groups) - len(apart) <= limit:
            break
    return list(_open_small(groups, limit + len(apart) - len(groups)))


def _levels(members):
    """Ever coarser labels of the members."""
    yield {key: key for key in members}
    yield {key: (one.kind, one.step, one.near) for key, one in members.items()}
    yield _cascade(members)
    farthest = max((abs(one.step) for one in members.values()), default=0)
    span = 1
    while span <= 2 * farthest:
        yield {key: (one.kind, one.step // span) for key, one in members.items()}
        span *= 2
    yield {key: one.kind for key, one in members.items()}
    yield {key: one.kind[0] for key, one in members.items()}


def _cascade(members):
    """Alike are those of a kind whose neighbours nearer to the beginning are alike."""
    numbers, labels = {}, {}
    for key in sorted(members, key=lambda key: abs(members[key].step)):
        kind, step, near = members[key]
        above = frozenset(labels.get(other, other) for other in near)
        label = (kind, step, above)
        labels[key] = numbers.setdefault(label, (len(numbers),))
    return labels


def _gather(labels, apart):
    groups = defaultdict(list)
    for key, label in labels.items():
        groups[(key in apart, key if key in apart else label)].append(key)
    return list(groups.values())


def _open_small(groups, room):
    for group in groups:
        if 1 < len(group) <= FEW and len(group) - 1 <= room:
            room -= len(group) - 1
            yield from ([key] for key in group)
        else:
            yield group
