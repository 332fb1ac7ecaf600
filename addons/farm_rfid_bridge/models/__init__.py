from . import device, events, ir_http, push, snapshot
