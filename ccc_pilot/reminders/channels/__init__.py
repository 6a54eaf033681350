"""Channels: one file for each outside system. Each opens a way and sends one message at a time; none knows what it says."""

from collections.abc import Callable
from contextlib import AbstractContextManager

from ccc_pilot.config import Settings
from ccc_pilot.reminders.channels import mail, teams
from ccc_pilot.reminders.channels.way import ChannelError, Way

WAYS: dict[str, Callable[[Settings], AbstractContextManager[Way]]] = {"mail": mail.MailWay, "teams": teams.TeamsWay}

__all__ = ["WAYS", "ChannelError", "Way"]
