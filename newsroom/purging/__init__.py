"""Tells the cache in front of the site which pages to drop, after something that readers see has changed.

`telling` knows when and how often, `asking` how it is said, `styles` what the kinds of caches want to hear.
"""
