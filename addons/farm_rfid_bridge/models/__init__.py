from . import device, push  # isort: skip - events and tags inherit them
from . import events, ir_http, meaning, point, read, snapshot, tag

from . import map  # isort: skip - it shows tags and reads

from . import (  # isort: skip - they extend what is above
    farm_device_event_kinds,
    farm_device_event_reads,
)
