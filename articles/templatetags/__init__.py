"""Template tags of the app; each module says whose they are."""
