"""The file of a case for a body or a court (R10.2): a ZIP that people read and a script checks without the service."""
