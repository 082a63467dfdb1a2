"""Vectors to themes and topics, themes to trends."""
