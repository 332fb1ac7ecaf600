from . import device, push  # isort: skip - events and tags inherit them
from . import events, ir_http, tag  # isort: skip - points and reads inherit them
from . import meaning, point, read
