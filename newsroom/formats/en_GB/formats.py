"""How lists of the admin write dates and times: as the desk and its readers have them everywhere else."""

DATE_FORMAT = "j F Y"
TIME_FORMAT = "H:i"
DATETIME_FORMAT = "j F Y, H:i"
