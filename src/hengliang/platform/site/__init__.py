"""Settings, addresses, desks, theme and wiring: the only room that knows every app."""
