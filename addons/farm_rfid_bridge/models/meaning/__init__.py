from . import (  # isort: skip - meanings stand on what they share
    farm_read_meaning,
    farm_read_tries,
    farm_read_pieces,
    farm_read_transfer,
    farm_read_transfer_made,
    farm_read_observe,
    farm_read_count,
    farm_read_receive,
    farm_read_put_away,
    farm_read_pick,
    farm_read_load,
)
