"""What a person does at the device, whoever shows it.

- ``view``: what is to be seen of a step
- ``desk``: the one step that is on the screen, and who may change it
- ``step``, ``tap``: what every step is; a tag while it lies there
- ``check``: whether a tag is to be believed, and a farmer certified
- ``card``, ``purchase``, ``split``, ``retire``, ``officer``, ``lists``: steps
- ``gate``, ``signal``: without a screen
- ``purposes``: what unfinished writes were for
- ``goods``, ``receipt``: what is on tags, and what is printed
"""

from .desk import Desk

__all__ = ["Desk"]
