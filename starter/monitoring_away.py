"""The word that the monitoring system is away."""


class MonitoringAway(Exception):
    """It does not answer, or not by the contract; the text says what to do. Nothing was lost: events wait here."""
