"""Tells a monitoring system what is late, what is owed and what happened, in Prometheus' text format.

Written by hand: some gauges that are read from the database at each scrape, and what `newsroom.counting` counted. No
number names a story or a person. To add gauges, add a function to `sources.SOURCES`; to count, declare a Counter.
"""
