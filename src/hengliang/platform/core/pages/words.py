"""What stands on a page for people: a text, or a translation made when the page is."""

from django.utils.functional import Promise

Words = str | Promise
