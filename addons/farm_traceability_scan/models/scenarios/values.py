"""Values that devices send, as far as they are sensible."""


def whole(value):
    """A whole number above zero, 0 for anything else."""
    is_whole = isinstance(value, int | float) and not isinstance(value, bool)
    return int(value) if is_whole and 0 < value < 2**31 and value == int(value) else 0


def number(value):
    """A number, None for anything else."""
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return value if is_number and abs(value) < 1e12 else None
