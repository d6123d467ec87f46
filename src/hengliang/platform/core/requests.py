"""The request as our pages get it: with its actor, put there by `parties.middleware`."""

from django.http import HttpRequest

from hengliang.platform.core.rights import Actor


class Request(HttpRequest):
    """A request of somebody who acts."""

    actor: Actor
