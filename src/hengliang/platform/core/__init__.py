"""Regions, attachments, acts and their log outbox, dated rows, transitions, rights, notifications, search."""
