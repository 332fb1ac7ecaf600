from . import test_desk_reader
