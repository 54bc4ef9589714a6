"""Benchmarks: `make bench` runs each module here. Figures are for comparing, with hello and with the run before."""
