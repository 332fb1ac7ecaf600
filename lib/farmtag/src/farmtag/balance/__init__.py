"""Mass balance on the tag."""

from .sheet import TOLERANCE, Balance, balance_of

__all__ = ["TOLERANCE", "Balance", "balance_of"]
