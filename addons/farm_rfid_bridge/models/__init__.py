from . import device, push  # isort: skip - events and tags inherit them
from . import events, ir_http, tag
