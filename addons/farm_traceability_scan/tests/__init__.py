from . import (
    test_check,
    test_count,
    test_fuzz,
    test_look,
    test_look_up,
    test_move,
    test_once_parallel,
    test_pick,
    test_put_away,
    test_reader,
    test_receive,
    test_split,
)
