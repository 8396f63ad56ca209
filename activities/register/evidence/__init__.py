"""The evidence of the register: what is linked into the chains of hashes, and the roots that are kept elsewhere."""
