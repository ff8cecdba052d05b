"""Completion is installed by the one writer: a start file keeps its bytes, and gets what it lacks once."""

from __future__ import annotations

from pathlib import Path

import pytest

from ledger.cli.installing import install
from ledger.errors import UsageError

ZSH = ["fpath+=~/.zfunc; autoload -Uz compinit; compinit", "zstyle ':completion:*' menu select"]
HELD = b'export A=1\r\nalias x="\xff"'
SCRIPTS = {
    "bash": ".bash_completions/ledger.sh",
    "zsh": ".zfunc/_ledger",
    "fish": ".config/fish/completions/ledger.fish",
}
WORDS = {"bash": "complete -o default", "zsh": "#compdef ledger", "fish": "complete --command ledger"}


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "home"
    folder.mkdir()
    monkeypatch.setenv("HOME", str(folder))
    return folder


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_a_start_file_keeps_its_bytes_and_gets_each_line_once(home: Path, shell: str) -> None:
    start = {"bash": [f"source '{home}/.bash_completions/ledger.sh'"], "zsh": ZSH}.get(shell)
    path = home / f".{shell}rc"
    path.write_bytes(HELD)
    for _ in range(2):
        install("ledger", shell)
        script = (home / SCRIPTS[shell]).read_text()
        assert WORDS[shell] in script and "_LEDGER_COMPLETE" in script
        assert path.read_bytes() == HELD + b"".join(f"\n{line}".encode() for line in start or ()) + b"\n" * bool(start)


def test_a_start_file_that_is_a_link_is_written_where_it_leads(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (home / "dotfiles").mkdir()
    (home / "dotfiles" / "bashrc").write_text("export A=1\n")
    (home / ".bashrc").symlink_to("dotfiles/bashrc")
    monkeypatch.setenv("SHELL", "/usr/bin/bash")
    install("ledger", "")
    assert (home / ".bashrc").is_symlink()
    assert (home / "dotfiles" / "bashrc").read_text().startswith("export A=1\nsource '")


def test_another_script_of_that_name_stays_and_other_shells_are_named(home: Path) -> None:
    (home / ".zfunc").mkdir()
    (home / ".zfunc" / "_ledger").write_text("#compdef ledger\n# mine\n")
    with pytest.raises(Exception, match="ledger did not make it"):
        install("ledger", "zsh")
    assert not (home / ".zshrc").exists()
    with pytest.raises(UsageError, match="no completion is installed for the shell 'tcsh'"):
        install("ledger", "tcsh")
