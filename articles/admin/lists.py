"""The list of stories."""


class ListMixin:
    pass
