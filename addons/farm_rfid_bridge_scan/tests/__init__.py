from . import test_desk_reader, test_translation
