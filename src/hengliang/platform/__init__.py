"""The Django project: one app per capability, each standing only on those below it."""
