"""Becomes another program, tied to the life of the process that started it.

Run by path with the standard library only: `launcher.py PARENT DEATH_SIGNAL OWNER PROGRAM ARGUMENT...`,
where OWNER is `uid:gid` or `-` for the user who runs it. On Linux the kernel sends DEATH_SIGNAL when the
thread that started this process ends, so even `kill -9` of the parent leaves nothing behind. Elsewhere the
next start finds what was left by its record (child.py).
"""

import ctypes
import os
import sys

PR_SET_PDEATHSIG = 1
PR_SET_KEEPCAPS = 8
PR_CAP_AMBIENT = 47
PR_CAP_AMBIENT_RAISE = 2
CAPABILITY_VERSION_3 = 0x20080522
# Either lets the new user reach its own folder below folders of root; containers often grant only the second.
CAP_DAC_READ_SEARCH = 2
CAP_DAC_OVERRIDE = 1


class _Header(ctypes.Structure):
    _fields_ = (("version", ctypes.c_uint32), ("pid", ctypes.c_int))


class _Sets(ctypes.Structure):
    _fields_ = (
        ("effective", ctypes.c_uint32),
        ("permitted", ctypes.c_uint32),
        ("inheritable", ctypes.c_uint32),
    )


def _libc() -> ctypes.CDLL:
    return ctypes.CDLL(None, use_errno=True)


def _prctl(option: int, value: int, capability: int = 0) -> None:
    if _libc().prctl(option, value, capability, 0, 0) != 0:
        raise OSError(ctypes.get_errno(), "prctl was refused")


def _capabilities() -> "ctypes.Array[_Sets]":
    sets = (_Sets * 2)()
    header = _Header(CAPABILITY_VERSION_3, 0)
    if _libc().capget(ctypes.byref(header), sets) != 0:
        raise OSError(ctypes.get_errno(), "the capabilities cannot be read")
    return sets


def _keep_only(capability: int) -> None:
    sets = (_Sets * 2)(_Sets(1 << capability, 1 << capability, 1 << capability), _Sets(0, 0, 0))
    header = _Header(CAPABILITY_VERSION_3, 0)
    if _libc().capset(ctypes.byref(header), sets) != 0:
        raise OSError(ctypes.get_errno(), "the capabilities cannot be set")
    _prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_RAISE, capability)


def _become(owner: str) -> None:
    """Give up root for `uid:gid`, keeping only the right to walk through folders of root."""
    uid, gid = (int(part) for part in owner.split(":"))
    permitted = _capabilities()[0].permitted
    _prctl(PR_SET_KEEPCAPS, 1)
    os.setgroups([])
    os.setgid(gid)
    os.setuid(uid)
    for capability in (CAP_DAC_READ_SEARCH, CAP_DAC_OVERRIDE):
        if permitted & 1 << capability:
            _keep_only(capability)
            return


def main(arguments: list[str]) -> None:
    """Tie this process to its parent, change its user if asked, and become the program."""
    parent, death_signal, owner, *program = arguments
    if owner != "-":
        _become(owner)
    if sys.platform == "linux":
        # After the change of user, which would clear it.
        _prctl(PR_SET_PDEATHSIG, int(death_signal))
    if os.getppid() != int(parent):
        sys.exit("the process that started this one has ended")
    os.execv(program[0], program)  # noqa: S606 - a list of arguments, no shell


if __name__ == "__main__":
    main(sys.argv[1:])
