"""Taking subscribers in from a spreadsheet: each line is read, judged and either taken or told why not."""
