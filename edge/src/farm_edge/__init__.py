"""The device at the farm gate: an agent that works with no network and loses nothing.

- ``reader``: what a reader is, and those that there are
- ``virtual``: tags without hardware, in a process of their own
- ``writing``: a tag is written as ordered or is known not to be
- ``store``: what the device keeps: journal, snapshot, keys
- ``sync``: the way to the server and back
- ``work``: what a person does, step by step
- ``words``: texts in the languages of people
- ``agent``: all of it, running
- ``command``: ``farm-edge …``
- ``errors``: the root of everything that is raised
"""

__version__ = "0.1.0"
