"""Telling others what happened in a case: the monitoring system over HTTP, people by e-mail."""
