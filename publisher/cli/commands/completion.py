"""``publisher completion``: a completion script, made from the parser itself."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from publisher.cli.parser import parser

if TYPE_CHECKING:
    from publisher.cli.console import Console


def run(arguments: argparse.Namespace, console: Console) -> int:
    """Print the script; it is to be sourced by the shell."""
    script = {"bash": _bash, "zsh": _zsh, "fish": _fish}[arguments.shell]()
    console.result(script, shell=arguments.shell, script=script)
    return 0


def _commands() -> dict[str, argparse.ArgumentParser]:
    for action in parser()._actions:  # noqa: SLF001 - argparse has no public way
        if isinstance(action, argparse._SubParsersAction):  # noqa: SLF001
            return dict(action.choices)
    return {}


def _flags(command: argparse.ArgumentParser) -> list[tuple[str, str]]:
    return [
        (flag, action.help or "")
        for action in command._actions  # noqa: SLF001
        for flag in action.option_strings
        if flag.startswith("--")
    ]


def _bash() -> str:
    cases = "\n".join(
        f'    {name}) words="{" ".join(flag for flag, _ in _flags(command))}" ;;'
        for name, command in _commands().items()
    )
    return f"""_publisher() {{
  local current=${{COMP_WORDS[COMP_CWORD]}} words
  if [ "$COMP_CWORD" = 1 ]; then
    COMPREPLY=($(compgen -W "{" ".join(_commands())}" -- "$current"))
    return
  fi
  case ${{COMP_WORDS[1]}} in
{cases}
  esac
  case $current in
    -*) COMPREPLY=($(compgen -W "$words" -- "$current")) ;;
    *) COMPREPLY=($(compgen -f -- "$current")) ;;
  esac
}}
complete -o filenames -F _publisher publisher"""


def _zsh() -> str:
    return f"autoload -U +X bashcompinit && bashcompinit\n{_bash()}"


def _fish() -> str:
    lines = []
    for name, command in _commands().items():
        text = (command.description or "").replace("'", "\\'")
        lines.append(f"complete -c publisher -n __fish_use_subcommand -a {name} -d '{text}'")
        lines += [
            f"complete -c publisher -n '__fish_seen_subcommand_from {name}' "
            f"-l {flag[2:]} -d '{text}'"
            for flag, help_text in _flags(command)
            for text in [help_text.replace("'", "\\'")]
        ]
    return "\n".join(lines)
