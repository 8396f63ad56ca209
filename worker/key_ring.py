"""The key ring file: the keys that make families unreadable in Temporal and in the register's index."""

import base64
import hashlib
import hmac
import json
import secrets
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import (
    AwareDatetime,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    SecretBytes,
    model_validator,
)

from worker.private_file import (
    AlreadyThere,
    OpenToOthers,
    locked_folder,
    read_private,
    replace_private,
    write_private,
)

KEY_BYTES = 32
"""AES-256 for payloads; the same length for HMAC-SHA256."""

KEY_ID_PATTERN = r"^k[0-9a-f]{16}$"
"""The form of every key id this service gives out; ids are not secret."""
STEM = 9
"""Characters of it that are drawn; the rest proves that the id was not made up."""


class KeyRingUnusable(Exception):
    """The key ring cannot be read, made or trusted; the message says what to do and never holds a secret."""


class KeyRingExists(KeyRingUnusable):
    """A key ring was to be made where one is; it is never overwritten."""


class KeyUnknown(Exception):
    """A payload names a key of ours that this process was not given; once it is there, all goes on."""

    def __init__(self, key_id: str) -> None:
        self.key_id = key_id
        super().__init__(
            f"The key ring has no key {key_id}. A payload was encrypted with it, so it cannot be read here. "
            "Put the key ring of the process that encrypted it in the place of this one (UIDE_KEY_RING); a worker "
            "notices it by itself, what failed is tried again."
        )


def _from_base64(value: object) -> object:
    return base64.b64decode(value, validate=True) if isinstance(value, str) else value


Secret = Annotated[
    SecretBytes, BeforeValidator(_from_base64), Field(min_length=KEY_BYTES, max_length=KEY_BYTES)
]


class RingKey(BaseModel):
    """One AES-256 key; `secret` shows itself only through `get_secret_value()`."""

    model_config = ConfigDict(frozen=True, hide_input_in_errors=True)

    id: str = Field(pattern=KEY_ID_PATTERN)
    secret: Secret
    created_at: AwareDatetime


class KeyRing(BaseModel):
    """Every key this process may read with, the one it writes with, and the key of the child's hash.

    A ring may hold keys that are not primary: a new key goes to every worker before it becomes the primary
    one, and an old one stays as long as a history encrypted with it is kept.
    """

    model_config = ConfigDict(frozen=True, hide_input_in_errors=True)

    version: Literal[1] = 1
    primary_id: str
    keys: tuple[RingKey, ...]
    child_key: Secret

    @model_validator(mode="after")
    def _is_consistent(self) -> Self:
        ids = [key.id for key in self.keys]
        if len(ids) != len(set(ids)) or self.primary_id not in ids:
            raise ValueError("primary_id must name one of the keys, and no key id may come twice")
        return self

    @property
    def primary(self) -> RingKey:
        """The key that encrypts what this process writes."""
        return self.key(self.primary_id)

    def key(self, key_id: str) -> RingKey:
        """The key of that id, or `KeyUnknown`."""
        for key in self.keys:
            if key.id == key_id:
                return key
        raise KeyUnknown(key_id)

    def gave_out(self, key_id: str) -> bool:
        """Whether the id is of this ring or of a later one with other keys; an id that somebody made up is not."""
        stem, mark = key_id[:STEM], key_id[STEM:]
        return hmac.compare_digest(mark, _mark(stem, self.child_key))

    def with_new_key(self, now: datetime) -> Self:
        """This ring with one more key, the last one, that is not yet written with."""
        return self.model_copy(update={"keys": (*self.keys, _new_key(now, self.child_key))})

    def with_primary(self, key_id: str) -> Self:
        """This ring writing with another of its keys, or `KeyUnknown`; what was written before stays readable."""
        return self.model_copy(update={"primary_id": self.key(key_id).id})

    def child_hash(self, iin: str) -> bytes:
        """The 32 bytes by which the register knows a child without its IIN, always the same for a ring.

        No key of the payloads has a part in it: they may be exchanged, a child stays known.
        """
        return hmac.new(self.child_key.get_secret_value(), iin.encode("ascii"), hashlib.sha256).digest()

    @classmethod
    def load(cls, path: Path) -> Self:
        """The ring of that file; `KeyRingUnusable` if it is absent, damaged or open to others."""
        try:
            # No pydantic error is chained or quoted: it could carry a piece of a key.
            return cls.model_validate(json.loads(read_private(path)))
        except OpenToOthers as error:
            raise KeyRingUnusable(
                f"The key ring {path} has mode {error.mode:04o}: others than its owner can reach the keys. "
                f"Run: chmod 600 {path} - and treat the keys as known if somebody else may have read them."
            ) from None
        except FileNotFoundError:
            raise KeyRingUnusable(
                f"There is no key ring at {path}. Without it nothing in Temporal can be read. "
                "Name the right file in UIDE_KEY_RING, or bring it back from its backup."
            ) from None
        except OSError as error:
            raise KeyRingUnusable(
                f"The key ring {path} cannot be read: {error.strerror}. Make it readable for this user alone."
            ) from None
        except ValueError:
            raise KeyRingUnusable(
                f"The key ring {path} is damaged: it is not the JSON this program writes. "
                "Bring it back from its backup; do not delete it, histories can be read only with its keys."
            ) from None

    @classmethod
    def create(cls, path: Path, now: datetime) -> Self:
        """A new ring of random keys in a new file of mode 0600; `KeyRingExists` if there is one."""
        child_key = _random()
        key = _new_key(now, child_key)
        ring = cls(primary_id=key.id, keys=(key,), child_key=child_key)
        try:
            write_private(path, ring.to_bytes())
        except AlreadyThere:
            raise KeyRingExists(
                f"There is a key ring at {path} already, and it is never overwritten. Load it instead."
            ) from None
        except OSError as error:
            raise _not_written(path, error) from None
        return ring

    @classmethod
    def change(cls, path: Path, change: Callable[[Self], Self]) -> Self:
        """The ring of that file after the change, put in its place whole; two changes at once come one after another.

        `KeyRingUnusable` as for `load`, or if nothing can be written there; then the file is as it was.
        """
        try:
            # Where the path is a link, what it leads to is changed: others may know the file by its own name.
            file = path.resolve()
            with locked_folder(file.parent):
                changed = change(cls.load(file))
                replace_private(file, changed.to_bytes())
        except OSError as error:
            raise _not_written(path, error) from None
        return changed

    @classmethod
    def load_or_create(cls, path: Path, now: datetime) -> Self:
        """The ring of that file, made at the first start; two first starts at once get the same ring."""
        try:
            return cls.load(path) if path.exists() else cls.create(path, now)
        except KeyRingExists:
            return cls.load(path)

    def to_bytes(self) -> bytes:
        """What stands in the file, secrets included: for writing it and nothing else."""
        content = {
            "version": self.version,
            "primary_id": self.primary_id,
            "keys": [
                {"id": key.id, "secret": _to_base64(key.secret), "created_at": key.created_at.isoformat()}
                for key in self.keys
            ],
            "child_key": _to_base64(self.child_key),
        }
        return json.dumps(content, indent=2).encode()


def _new_key(now: datetime, child_key: SecretBytes) -> RingKey:
    stem = f"k{secrets.token_hex(4)}"
    return RingKey(id=stem + _mark(stem, child_key), secret=_random(), created_at=now)


def _mark(stem: str, child_key: SecretBytes) -> str:
    # The key that all rings of a service share: so each knows the ids that another has given out.
    said = b"uide key id\0" + stem.encode("ascii", errors="replace")
    return hmac.new(child_key.get_secret_value(), said, hashlib.sha256).hexdigest()[:8]


def _not_written(path: Path, error: OSError) -> KeyRingUnusable:
    return KeyRingUnusable(
        f"The key ring {path} cannot be written: {error.strerror}. "
        "Name a folder in UIDE_KEY_RING that this user may write to."
    )


def _random() -> SecretBytes:
    return SecretBytes(secrets.token_bytes(KEY_BYTES))


def _to_base64(secret: SecretBytes) -> str:
    return base64.b64encode(secret.get_secret_value()).decode()
