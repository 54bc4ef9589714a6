"""Sitemaps: every page that search engines may list (sitemaps.org, 0.9).

The articles are split by story id into parts of PART ids, because a part can then never grow over the limit of
50,000 addresses, costs the same whichever it is, and changes only when one of its own stories does.
"""
