from . import test_batch, test_batch_parallel, test_device_batch, test_translation
