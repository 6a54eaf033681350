"""Reminders: what is due, who is told and when, over which channel, and that it always goes out."""
