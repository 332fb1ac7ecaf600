"""Readers that type what they read: UHF and HF readers, and barcode scanners.

- ``reader``: a keyboard, or a stream of lines, as a reader
- ``keys``: key presses of Linux as text
- ``typed``: what a line means
"""

from .reader import KeyboardReader, TypedTag
from .typed import Kind, Spelling

__all__ = ["KeyboardReader", "Kind", "Spelling", "TypedTag"]
