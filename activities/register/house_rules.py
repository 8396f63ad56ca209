"""What whoever runs this service has decided about it, as far as the register goes by it."""

from pydantic import BaseModel, ConfigDict


class HouseRules(BaseModel):
    """Which acts are taken, and under which address people find their case."""

    model_config = ConfigDict(frozen=True)

    unsealed_allowed: bool
    public_address: str | None = None
    """Where the portal is, like `https://uide.example.kz`; None while there is none."""

    def status_address(self, case_number: str) -> str | None:
        """Where a case is followed; it is printed on the papers of the case."""
        return f"{self.public_address}/status/{case_number}" if self.public_address else None
