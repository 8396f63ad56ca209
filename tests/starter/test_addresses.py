"""Where the embedded stack listens, and that it stays there."""

import socket
from pathlib import Path

import pytest

from starter.embedded.addresses import addresses_of, keep_addresses, require_free, taken_ports
from starter.embedded.child import ChildFailed
from starter.embedded.data_folder import DataFolder


@pytest.fixture
def folder(tmp_path: Path) -> DataFolder:
    return DataFolder(tmp_path)


def test_addresses_that_were_kept_are_taken_again(folder: DataFolder) -> None:
    first = addresses_of(folder)
    keep_addresses(folder, first)
    assert addresses_of(folder) == first
    assert len({first.ui_port, first.temporal_port, first.codec_port}) == 3


def test_another_port_moves_all_three_and_leaves_the_token(folder: DataFolder) -> None:
    first = addresses_of(folder)
    keep_addresses(folder, first)
    moved = addresses_of(folder, 20000)
    assert (moved.ui_port, moved.temporal_port, moved.codec_port) == (20000, 20001, 20002)
    assert moved.codec_token == first.codec_token


@pytest.mark.parametrize("content", ["", "{}", '{"ui_port": 99999}'], ids=["empty", "nothing", "no port"])
def test_a_damaged_file_costs_the_bookmarks_and_nothing_else(folder: DataFolder, content: str) -> None:
    file = folder.root / "addresses.json"
    file.write_text(content)
    file.chmod(0o600)
    keep_addresses(folder, addresses_of(folder))
    assert addresses_of(folder) == addresses_of(folder)


def test_the_token_is_shown_by_nothing_but_its_file(folder: DataFolder) -> None:
    addresses = addresses_of(folder)
    keep_addresses(folder, addresses)
    secret = addresses.codec_token.get_secret_value()
    assert secret not in f"{addresses!r} {addresses}"
    assert secret in (folder.root / "addresses.json").read_text()


def test_a_port_of_somebody_else_is_told_before_a_folder_gets_others_and_never_after(
    folder: DataFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        taken = listening.getsockname()[1]
        monkeypatch.setattr("starter.embedded.addresses.USUAL_PORTS", (taken, taken, taken))
        assert set(taken_ports(folder)) == {taken}
        assert not taken_ports(folder, 20000)
        keep_addresses(folder, addresses_of(folder))
        assert not taken_ports(folder)
        with pytest.raises(ChildFailed, match=f"port {taken} of .* cannot be used"):
            require_free(addresses_of(folder, taken))
