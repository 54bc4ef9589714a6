"""Where the desk and the readers' pages meet: a revision in the readers' template, for staff and by link."""
