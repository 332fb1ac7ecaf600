"""What the demonstration story tells of tags and devices; see ``story.py``."""
