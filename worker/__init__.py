"""Composition: settings, data converter and the worker process."""
