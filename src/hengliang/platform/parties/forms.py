"""What people type about organisations and accounts."""

from django import forms
from django.utils.translation import gettext_lazy as _


class InvitationAcceptForm(forms.Form):
    """The invited person's name and the way to log in."""

    name = forms.CharField(label=_("Your name"), max_length=100)
    username = forms.CharField(label=_("User name"), max_length=100, help_text=_("You log in with it."))
    password = forms.CharField(label=_("Password"), widget=forms.PasswordInput, help_text=_("At least 10 characters."))
