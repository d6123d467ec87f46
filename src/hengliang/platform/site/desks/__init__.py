"""The first screen: work to do by role, then figures; for citizens one question."""
