"""Shapes of genealogies: operations between lots that are numbered from 0.

An operation is a pair of lists of lots, consumed and produced. All that an operation
consumes went into all that it produces.
"""

BRANCHES = 10
MATTER = 1_000_000.0


def chain(size):
    """Every lot repacked into the next."""
    return [([lot], [lot + 1]) for lot in range(size - 1)]


def tree(size):
    """Every lot split into ten, from lot 0."""
    return [
        ([lot], list(range(BRANCHES * lot + 1, min(BRANCHES * (lot + 1) + 1, size))))
        for lot in range((size - 2) // BRANCHES + 1)
    ]


def fan_in(size):
    """Ten lots merged into one, up to lot 0."""
    return [(children, [lot]) for [lot], children in reversed(tree(size))]


def layered(size):
    """Lot 0 in ten; then up to 100 layers, each made of the one before, ten by ten.

    Groups of ten move along by five in every layer, so that all mixes with all.
    """
    width = max(BRANCHES, size // 100 // BRANCHES * BRANCHES)
    above, operations = list(range(1, width + 1)), []
    operations.append(([0], above))
    while above[-1] + width <= size:
        below = [lot + width for lot in above]
        turned = above[BRANCHES // 2 :] + above[: BRANCHES // 2]
        operations += [
            (turned[begin : begin + BRANCHES], below[begin : begin + BRANCHES])
            for begin in range(0, width, BRANCHES)
        ]
        above = below
    return operations


def edge_count(operations):
    return sum(len(inputs) * len(outputs) for inputs, outputs in operations)


def levels(operations):
    """Operations in a row, at most."""
    steps = {}
    for inputs, outputs in operations:
        above = max(steps.get(lot, 0) for lot in inputs)
        steps |= dict.fromkeys(outputs, above + 1)
    return max(steps.values(), default=0)


def inputs_of(operations):
    return {lot for inputs, _outputs in operations for lot in inputs}


def outputs_of(operations):
    return {lot for _inputs, outputs in operations for lot in outputs}


def quantities(operations):
    """What each lot weighs, when the outputs of an operation share its inputs."""
    beginning = inputs_of(operations) - outputs_of(operations)
    weights = dict.fromkeys(beginning, MATTER)
    for inputs, outputs in operations:
        part = sum(weights[lot] for lot in inputs) / len(outputs)
        weights |= dict.fromkeys(outputs, part)
    return dict(sorted(weights.items()))
