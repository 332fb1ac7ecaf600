from . import farm_tag
