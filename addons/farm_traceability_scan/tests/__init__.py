from . import test_look, test_pick, test_reader
