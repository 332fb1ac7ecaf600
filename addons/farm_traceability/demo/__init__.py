"""The demonstration story: development data, loaded on request only.

Nothing here is imported by the add-on itself. ``story.load(env, log)`` fills a fresh
database; the logins and passwords in ``logins.csv`` are for development only.
"""
