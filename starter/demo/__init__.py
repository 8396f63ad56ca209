"""The demo: five cases from the examples, side by side, through the whole service to their outcome."""
