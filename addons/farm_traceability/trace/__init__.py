from .engine import BOTH, trace
from .queries import DOWN, UP
from .results import Customer, Edge, Event, Node, Origin, Place, Trace
from .starts import KINDS, TIMED, start_lots
