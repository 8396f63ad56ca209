"""Information systems of the state, asked over one HTTP gateway (docs/contracts/information-systems.openapi.yaml)."""
