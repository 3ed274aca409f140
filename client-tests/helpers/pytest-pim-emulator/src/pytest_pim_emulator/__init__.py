"""Tests against a PIM Emulator: it is started once, and every test gets a tenant that shares nothing with any other."""

from .emulator import Emulator, NotStarted
from .control import Refused
from .tenant import Application, Clock, Tenant, User

__all__ = ["Application", "Clock", "Emulator", "NotStarted", "Refused", "Tenant", "User"]
