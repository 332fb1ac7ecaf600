"""NFC Forum Type 2 tags, whatever reader sends the commands.

- ``products``: where what is in the memory of which chip
- ``commands``: what a chip is asked, and what it answers
- ``tag``: read and written page by page
"""

from .commands import Commands, Exchange
from .products import Product
from .tag import Password, Type2Tag

__all__ = ["Commands", "Exchange", "Password", "Product", "Type2Tag"]
