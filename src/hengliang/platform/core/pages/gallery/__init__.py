"""Every part of the kit in every state, for those who build pages: where debugging is on, and in tests."""
