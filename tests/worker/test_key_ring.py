import json
import stat
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

import pytest

from worker.key_ring import KEY_BYTES, KeyRing, KeyRingExists, KeyRingUnusable, KeyUnknown

NOW = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
IIN = "159912500017"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "secrets" / "key_ring.json"


def test_a_new_ring_is_a_file_for_its_owner_alone_and_nothing_else_is_left_beside_it(path: Path) -> None:
    KeyRing.create(path, NOW)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [file.name for file in path.parent.iterdir()] == ["key_ring.json"]


def test_what_was_created_is_what_is_loaded(path: Path) -> None:
    assert KeyRing.create(path, NOW) == KeyRing.load(path) == KeyRing.load_or_create(path, NOW)


def test_the_primary_key_is_an_aes_256_key_with_its_date(path: Path) -> None:
    ring = KeyRing.create(path, NOW)
    assert len(ring.primary.secret.get_secret_value()) == KEY_BYTES
    assert (ring.primary.id, ring.primary.created_at) == (ring.primary_id, NOW)


def test_a_ring_is_never_overwritten(path: Path) -> None:
    ring = KeyRing.create(path, NOW)
    with pytest.raises(KeyRingExists, match="never overwritten"):
        KeyRing.create(path, NOW)
    assert KeyRing.load(path) == ring


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o660, 0o620, 0o601], ids=oct)
def test_a_ring_that_others_can_reach_is_not_read_and_the_cure_is_told(path: Path, mode: int) -> None:
    KeyRing.create(path, NOW)
    path.chmod(mode)
    with pytest.raises(KeyRingUnusable, match="chmod 600"):
        KeyRing.load(path)


def test_an_absent_ring_is_named_with_its_variable(path: Path) -> None:
    with pytest.raises(KeyRingUnusable, match=r"no key ring at .*UIDE_KEY_RING"):
        KeyRing.load(path)


def test_a_ring_that_cannot_be_written_is_told_in_words(tmp_path: Path) -> None:
    (tmp_path / "a file").touch()
    with pytest.raises(KeyRingUnusable, match=r"cannot be written.*UIDE_KEY_RING"):
        KeyRing.load_or_create(tmp_path / "a file" / "key_ring.json", NOW)


def test_what_cannot_be_read_as_a_file_is_told_in_words(tmp_path: Path) -> None:
    with pytest.raises(KeyRingUnusable, match="cannot be read: Is a directory"):
        KeyRing.load(tmp_path)


def test_two_first_starts_at_once_get_the_same_ring(path: Path) -> None:
    with ThreadPoolExecutor(8) as starts:
        rings = list(starts.map(lambda _: KeyRing.load_or_create(path, NOW), range(8)))
    assert len({ring.primary_id for ring in rings}) == 1


@pytest.mark.parametrize("change", ["{", "[]", "secret", "primary_id", "twice"])
def test_a_damaged_ring_is_refused_without_quoting_it(path: Path, change: str) -> None:
    KeyRing.create(path, NOW)
    content = path.read_text()
    path.write_text(_damaged(content, change))
    with pytest.raises(KeyRingUnusable, match="damaged") as refused:
        KeyRing.load(path)
    assert refused.value.__suppress_context__
    assert json.loads(content)["child_key"] not in str(refused.value)


def _damaged(content: str, change: str) -> str:
    ring = json.loads(content)
    if change == "secret":
        ring["keys"][0]["secret"] = ring["keys"][0]["secret"][:20]
    elif change == "primary_id":
        ring["primary_id"] = "k0000000000000000"
    elif change == "twice":
        ring["keys"] *= 2
    else:
        return change
    return json.dumps(ring)


def test_no_secret_shows_in_repr_or_dump(path: Path) -> None:
    ring = KeyRing.create(path, NOW)
    shown = repr(ring) + str(ring) + ring.model_dump_json() + repr(ring.primary)
    for secret in (ring.child_key, ring.primary.secret):
        assert repr(secret.get_secret_value())[2:-1] not in shown


def test_an_unknown_key_is_named_with_what_to_do(path: Path) -> None:
    with pytest.raises(KeyUnknown, match=r"no key k00.*UIDE_KEY_RING"):
        KeyRing.create(path, NOW).key("k00")


def test_a_child_has_one_hash_in_a_ring_and_another_in_another(path: Path, tmp_path: Path) -> None:
    ring, other = KeyRing.create(path, NOW), KeyRing.create(tmp_path / "other.json", NOW)
    assert ring.child_hash(IIN) == KeyRing.load(path).child_hash(IIN)
    assert ring.child_hash(IIN) != other.child_hash(IIN)
    assert len(ring.child_hash(IIN)) == 32
