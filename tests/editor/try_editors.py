"""The recipes of docs/editors.md in the editors that are installed, without a screen: `make editors`.

Each opens a ledger with an undeclared speaker, prints what it is told and what it completes, and mends the speaker by
the remedy that is offered. Status 1 where one of them does not; an editor that is not there is named.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[2]
TEXT = """\
ledger: 1
people:
  ada: {name: Ada Lovelace}
topics: {rockets: Rockets}
sources:
  talk: {title: A talk, published: 2024-01}
claims:
  - id: first-2030
    claim: Rockets fly.
    speaker: adda
    said: 2024-01-05
    source: talk
    topics: [rockets]
    deadline: 2030
    criteria: A report says so.
"""
NEOVIM = """
local function wait(what) assert(vim.wait(20000, what, 50), 'nothing came') end
vim.cmd('edit claims.yaml')
wait(function() return #vim.diagnostic.get(0) > 0 end)
for _, one in ipairs(vim.diagnostic.get(0)) do
  print(string.format('%d:%d %s: %s', one.lnum + 1, one.col + 1, one.code, one.message))
end
vim.fn.cursor(10, 16)
local place = vim.lsp.util.make_position_params()
for _, answer in pairs(vim.lsp.buf_request_sync(0, 'textDocument/completion', place, 5000)) do
  for _, item in ipairs(answer.result.items) do print('completes ' .. item.label .. ' (' .. item.detail .. ')') end
end
local range = vim.lsp.util.make_range_params()
range.context = { diagnostics = {} }
for _, answer in pairs(vim.lsp.buf_request_sync(0, 'textDocument/codeAction', range, 5000)) do
  for _, action in ipairs(answer.result) do
    print('offers ' .. action.title)
    vim.lsp.util.apply_workspace_edit(action.edit, 'utf-16')
  end
end
print('line 10 is' .. vim.fn.getline(10))
wait(function() return #vim.diagnostic.get(0) == 0 end)
print('nothing is wrong')
vim.cmd('quitall!')
"""
EMACS = """
(defun wait (what)
  (let ((end (+ (float-time) 20)))
    (while (not (funcall what))
      (when (> (float-time) end) (error "nothing came"))
      (accept-process-output nil 0.05))))
(setq eglot-sync-connect t)
(find-file "claims.yaml")
(unless (eglot-managed-p) (call-interactively #'eglot))
(flymake-start)
(wait (lambda () (flymake-diagnostics)))
(dolist (one (flymake-diagnostics))
  (message "%d: %s" (line-number-at-pos (flymake-diagnostic-beg one)) (flymake-diagnostic-text one)))
(goto-char (point-min))
(search-forward "speaker: ad")
(dolist (one (all-completions "ad" (nth 2 (eglot-completion-at-point)))) (message "completes %s" one))
(let ((actions (eglot-code-actions (line-beginning-position) (line-end-position))))
  (dolist (one (append actions nil))
    (message "offers %s" (plist-get one :title))
    (eglot--apply-workspace-edit (plist-get one :edit))))
(message "line 10 is%s" (progn (goto-char (point-min)) (forward-line 9) (buffer-substring (point) (line-end-position))))
(eglot--signal-textDocument/didChange) ; which waits for a pause that a batch does not have
(wait (lambda () (not (flymake-diagnostics))))
(message "nothing is wrong")
(set-buffer-modified-p nil)
(kill-emacs 0)
"""
EXPECTED = (
    "adda is not declared in people; did you mean ada?",
    "completes ada",
    "offers Write ada",
    "line 10 is    speaker: ada",
    "nothing is wrong",
)


def recipe(editor: str) -> str:
    """The first block of code below the name of an editor."""
    page = (ROOT / "docs" / "editors.md").read_text(encoding="utf-8")
    found = re.search(rf"^\*{editor}\*.*?\n\n```\w+\n(.*?)```", page, re.MULTILINE | re.DOTALL)
    assert found is not None, editor
    return found[1]


def ran(command: list[str], folder: Path) -> bool:
    """Whether an editor told and did all that is expected; what it printed is shown."""
    (folder / "claims.yaml").write_text(TEXT)
    environment = os.environ | {"PATH": f"{ROOT / '.venv/bin'}{os.pathsep}{os.environ['PATH']}", "HOME": str(folder)}
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, timeout=90, check=False)
    told = (done.stdout + done.stderr).replace("\r", "")
    print("\n".join(f"    {line}" for line in told.splitlines()))
    return all(words in told for words in EXPECTED)


def main() -> None:
    failed = []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "init.lua").write_text(recipe("Neovim"))
        (folder / "try.lua").write_text(NEOVIM)
        (folder / "init.el").write_text(recipe("Emacs"))
        (folder / "try.el").write_text(EMACS)
        for editor, command in (
            ("nvim", ["nvim", "--headless", "-u", "init.lua", "-c", "luafile try.lua"]),
            (
                "emacs",
                ["emacs", "--batch", "-l", "package", "-f", "package-activate-all", "-l", "init.el", "-l", "try.el"],
            ),
        ):
            if shutil.which(editor) is None:
                print(f"{editor} is not installed")
                continue
            print(editor)
            if not ran(command, folder):
                failed.append(editor)
    sys.exit(f"not as expected: {', '.join(failed)}" if failed else 0)


if __name__ == "__main__":
    main()
