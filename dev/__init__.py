"""The project's own commands: set up, run, test. Standard library only.

Each module is one room; ``cli`` is the door. ``inside`` holds the scripts that run
with Odoo imported, by the virtual environment's Python.
"""
