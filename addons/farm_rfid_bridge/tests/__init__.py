from . import (
    test_api,
    test_protocol,
    test_push,
    test_read,
    test_read_moves,
)
