"""What a person does at the device, whoever shows it.

- ``view``: what is to be seen of a step
- ``desk``: the one step that is on the screen, and who may change it
- ``step``, ``tap``: what every step is; a tag while it lies there
- ``check``: whether a tag is to be believed, and a farmer certified
- ``card``, ``purchase``, ``split`` and ``hands``, ``retire``, ``officer``, ``lists``,
  ``enrol``, ``settings``: steps
- ``kept``, ``buying``, ``splitting``: purchase and split as their task keeps them;
  ``kept_step``: what their steps have in common
- ``seller``, ``cap``, ``harvest``, ``balance``: who sells how much of what
- ``gate``, ``signal``: without a screen
- ``purposes``: what unfinished writes were for
- ``goods``, ``runs``, ``receipt``: what is on tags, in events, and printed
"""

from .desk import Desk

__all__ = ["Desk"]
