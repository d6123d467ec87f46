"""Several files as evidence."""

from typing import Any

from django import forms


class FilesInput(forms.ClearableFileInput):
    """Several files at once."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """One file or several; gives a list."""

    widget = FilesInput(attrs={"multiple": True, "accept": ".pdf,.jpg,.jpeg,.png,.xlsx,.docx,.ofd"})

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        """Each file, cleaned."""
        given = data if isinstance(data, list | tuple) else [data] if data else []
        if not given and self.required:
            super().clean(None, initial)
        return [super(FilesField, self).clean(one, initial) for one in given]
