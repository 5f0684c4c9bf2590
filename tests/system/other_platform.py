"""Run the command line as on a system without what Windows, or macOS, lacks: ``python other_platform.py SYSTEM ARGUMENT…``."""

import importlib
import os
import pkgutil
import signal
import subprocess  # noqa: F401 - asks for msvcrt when it is imported
import sys
import types

MISSING_MODULES = {
    "windows": ("fcntl", "resource", "pwd", "grp", "termios"),
    "macos": (),
}
MISSING_NAMES = {
    "windows": (
        (
            os,
            "sched_getaffinity geteuid getuid killpg pread O_NOFOLLOW O_NONBLOCK O_CLOEXEC O_DIRECTORY",
        ),
        (signal, "SIGKILL SIGHUP SIGALRM setitimer"),
    ),
    "macos": ((os, "sched_getaffinity"),),
}


def pretend(system: str) -> None:
    """Take away what a system lacks; a module that is asked for is not there."""
    if system == "windows":
        locks = types.ModuleType("msvcrt")
        locks.LK_NBLCK = 2
        locks.locking = lambda *_lock: None
        sys.modules["msvcrt"] = locks
    for name in MISSING_MODULES[system]:
        sys.modules[name] = None
    for module, names in MISSING_NAMES[system]:
        for name in names.split():
            if hasattr(module, name):
                delattr(module, name)


def import_everything() -> None:
    """Import each module of the package, but the programs that a worker runs."""
    import publisher

    for module in pkgutil.walk_packages(publisher.__path__, "publisher."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)


if __name__ == "__main__":
    pretend(sys.argv[1])
    if sys.argv[2:]:
        from publisher.cli.main import main

        sys.exit(main(sys.argv[2:]))
    import_everything()
