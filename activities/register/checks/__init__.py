"""The invariants of the register: what must hold whatever happened, and how each is looked into."""
