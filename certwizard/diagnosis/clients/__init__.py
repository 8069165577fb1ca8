"""What each client does with this server, and with which words."""

from certwizard.diagnosis.clients.outcomes import client_outcomes

__all__ = ["client_outcomes"]
