from . import scan_app
