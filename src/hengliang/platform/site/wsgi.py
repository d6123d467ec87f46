"""The WSGI application that the web server loads."""

import os
from importlib import import_module

from django.conf import settings
from django.core.wsgi import get_wsgi_application

from hengliang.platform.site.serve import gate
from hengliang.platform.site.serve.collecting import none_collected

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hengliang.platform.site.settings")
with none_collected():
    application = get_wsgi_application()
    import_module(settings.ROOT_URLCONF)  # else the first visitor waits for the import of every page
gate.pass_through(settings.HOME)
import_module("hengliang.platform.core.norms_folder").write_if_possible()  # what a crash cut off
