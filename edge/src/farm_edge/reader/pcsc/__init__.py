"""Readers by PC/SC: the ACR122U and its like.

``reader`` alone needs the extra ``pcsc``, and pcscd.

- ``reader``: finds tags, and turns results of PC/SC into our errors
- ``card``: what a reader with the PC/SC part 3 commands does for contactless tags
- ``classic``: MIFARE Classic
"""
