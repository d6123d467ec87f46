"""The WSGI application that the web server loads."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hengliang.platform.site.settings")
application = get_wsgi_application()

from hengliang.platform.core.norms_folder import write_if_possible  # noqa: E402 - needs the settings

write_if_possible()
