"""The readers' pages, one module a page. Nothing here knows of stories: readers get editions."""
