from . import device, events, ir_http, meaning, point, push, read
