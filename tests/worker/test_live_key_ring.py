"""A process that runs for long sees a changed key ring, and is not led astray by one that it must not take."""

import io
import shutil
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.worker.captured_logs import logs_to
from worker.key_ring import KeyRing, KeyRingUnusable, KeyUnknown
from worker.live_key_ring import LiveKeyRing

NOW = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
IIN = "159912500017"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "key-ring.json"
    KeyRing.create(path, NOW)
    return path


def _add(path: Path) -> str:
    return KeyRing.change(path, lambda ring: ring.with_new_key(NOW)).keys[-1].id


def _promote(path: Path, key_id: str) -> KeyRing:
    return KeyRing.change(path, lambda ring: ring.with_primary(key_id))


def test_a_key_that_is_added_is_read_with_at_once_and_written_with_once_it_is_promoted(path: Path) -> None:
    live = LiveKeyRing(path)
    first, added = live.primary_id, _add(path)
    assert (live.primary_id, live.key(added).id) == (first, added)
    _promote(path, added)
    assert (live.primary_id, live.key(first).id) == (added, first)


def test_an_exchange_of_the_key_leaves_every_child_known(path: Path) -> None:
    before = KeyRing.load(path)
    after = _promote(path, _add(path))
    assert after.primary_id != before.primary_id
    assert after.child_hash(IIN) == before.child_hash(IIN)


def test_a_changed_ring_is_still_for_its_owner_alone_and_nothing_is_left_beside_it(path: Path) -> None:
    _add(path)
    assert path.stat().st_mode & 0o777 == 0o600
    assert list(path.parent.iterdir()) == [path]


def test_keys_added_at_once_are_all_kept(path: Path) -> None:
    with ThreadPoolExecutor(8) as threads:
        added = set(threads.map(_add, [path] * 8))
    assert added < {key.id for key in KeyRing.load(path).keys}


def test_a_key_that_the_ring_has_not_got_cannot_be_promoted(path: Path) -> None:
    content = path.read_bytes()
    with pytest.raises(KeyUnknown):
        _promote(path, "k0000000000000000")
    assert path.read_bytes() == content


@pytest.mark.parametrize("harm", ["damaged", "open to others", "gone", "another ring"])
def test_a_ring_that_must_not_be_taken_is_told_once_and_the_one_before_goes_on(path: Path, harm: str) -> None:
    live, log = LiveKeyRing(path), io.StringIO()
    primary = live.primary_id
    _harm(path, harm)
    with logs_to(log):
        assert live.primary_id == live.key(primary).id == primary
    assert log.getvalue().count("key_ring_not_taken") == 1


def _harm(path: Path, harm: str) -> None:
    if harm == "damaged":
        path.write_text("{")
    elif harm == "open to others":
        path.chmod(0o644)
    else:
        path.unlink()
    if harm == "another ring":
        KeyRing.create(path, NOW)


def test_a_ring_that_was_put_right_again_is_taken(path: Path) -> None:
    live, right = LiveKeyRing(path), path.with_name("right.json")
    shutil.copy(path, right)
    added = _add(right)
    path.write_text("{")
    with pytest.raises(KeyUnknown):
        live.key(added)
    right.replace(path)
    assert live.key(added).id == added


def test_without_a_ring_at_the_beginning_there_is_no_process(path: Path) -> None:
    path.unlink()
    with pytest.raises(KeyRingUnusable, match="no key ring"):
        LiveKeyRing(path)
