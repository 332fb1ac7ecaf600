from .answer import Trace
from .engine import BOTH, deliveries, trace
from .queries import DOWN, UP
from .results import (
    Customer,
    Edge,
    Event,
    Input,
    Node,
    Origin,
    Place,
    Supplier,
)
from .starts import KINDS, TIMED, start_lots
