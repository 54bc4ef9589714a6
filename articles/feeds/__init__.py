"""Feeds: the newest stories of the site, a section, a topic or an author, for machines that read for people.

`channels` knows which editions, `entries` what is said of each, and one module a format how it is written.
"""
