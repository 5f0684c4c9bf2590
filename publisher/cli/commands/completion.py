"""``publisher completion``: print a completion script, generated from the parser."""

from __future__ import annotations

from typing import TYPE_CHECKING

from publisher.cli.parser import command_parsers

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable

    from publisher.cli.console import Console

SHELLS = ("bash", "zsh", "fish")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of ``publisher completion``."""
    parser.add_argument("shell", choices=SHELLS)


def run(arguments: argparse.Namespace, console: Console) -> int:
    """Print the script, which the shell reads with ``source``; return 0."""
    shell = arguments.shell
    script = _fish(console.translate) if shell == "fish" else {"bash": _bash, "zsh": _zsh}[shell]()
    console.result(script, shell=arguments.shell, script=script)
    return 0


def _flags(command: argparse.ArgumentParser) -> list[tuple[str, str]]:
    return [
        (flag, action.help or "")
        for action in command._actions  # noqa: SLF001 - argparse has no public way
        for flag in action.option_strings
        if flag.startswith("--")
    ]


def _bash() -> str:
    parsers = command_parsers()
    cases = "\n".join(
        f'    {name}) words="{" ".join(flag for flag, _ in _flags(parser))}" ;;'
        for name, parser in parsers.items()
    )
    return f"""_publisher() {{
  local current=${{COMP_WORDS[COMP_CWORD]}} words
  if [ "$COMP_CWORD" = 1 ]; then
    COMPREPLY=($(compgen -W "{" ".join(parsers)}" -- "$current"))
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


def _fish(translate: Callable[[str], str]) -> str:
    lines = []
    for name, parser in command_parsers().items():
        summary = translate(parser.description or "").replace("'", "\\'")
        lines.append(f"complete -c publisher -n __fish_use_subcommand -a {name} -d '{summary}'")
        lines += [
            f"complete -c publisher -n '__fish_seen_subcommand_from {name}' "
            f"-l {flag[2:]} -d '{text}'"
            for flag, help_text in _flags(parser)
            for text in [translate(help_text).replace("'", "\\'")]
        ]
    return "\n".join(lines)
