"""The one thing payments tell the rooms above: how a charge stands now."""

from django.dispatch import Signal

charge_changed = Signal()
"""Sent inside the transaction with ``charge`` and ``standing`` (``states.Standing``)."""
