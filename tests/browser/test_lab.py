"""A notebook run in a real JupyterLab, and what its sanitiser leaves of the reader in a notebook that is not trusted.

Set FRAMING_SCREENSHOTS to a folder to keep the pictures.
"""

from __future__ import annotations

import json
import os
import secrets
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import nbformat
import pytest

import framing as fr
from browser.conftest import PROJECT, Open
from browser.looks import layer_of, looks
from browser.watched import Watched, watch

NOTEBOOK = "01-first-look.ipynb"
PATIENCE = 180  # seconds that the server, or a whole run of the notebook, may take on a busy machine
SETTINGS = {
    "apputils-extension/notification": {"checkForUpdates": False, "fetchNews": "false"},
    "notebook-extension/tracker": {"windowingMode": "none"},  # all cells in the page, not only those in view
}


@pytest.fixture(scope="module")
def pictures(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = Path(os.environ.get("FRAMING_SCREENSHOTS") or tmp_path_factory.mktemp("screenshots"))
    folder.mkdir(parents=True, exist_ok=True)
    return folder


@pytest.fixture(scope="module")
def lab_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the notebook, with the corpora where it looks for them."""
    folder = tmp_path_factory.mktemp("lab")
    (folder / "notebooks").mkdir()
    shutil.copy(PROJECT / "notebooks" / NOTEBOOK, folder / "notebooks")
    shutil.copytree(PROJECT / "corpora" / "harbour", folder / "corpora" / "harbour")
    return folder


@pytest.fixture(scope="module")
def lab(browser, lab_folder: Path) -> Iterator[str]:
    """The address of a JupyterLab of its own, with settings of its own; ends with ``?token=...``."""
    own = lab_folder / "jupyter"
    for name, values in SETTINGS.items():
        path = own / "settings" / "@jupyterlab" / f"{name}.jupyterlab-settings"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(values), encoding="utf-8")
    environment = os.environ | {
        "JUPYTER_CONFIG_DIR": str(own / "config"),
        "JUPYTER_DATA_DIR": str(own / "data"),
        "JUPYTER_RUNTIME_DIR": str(own / "runtime"),
        "JUPYTERLAB_SETTINGS_DIR": str(own / "settings"),
        "JUPYTERLAB_WORKSPACES_DIR": str(own / "workspaces"),
        "IPYTHONDIR": str(own / "ipython"),
        "PYTHONPATH": os.pathsep.join([str(Path(fr.__file__).parents[1]), os.environ.get("PYTHONPATH", "")]),  # the library under test
    }
    options = {
        "ServerApp.ip": "127.0.0.1",
        "ServerApp.port": 0,
        "ServerApp.allow_root": True,
        "ServerApp.open_browser": False,
        "ServerApp.root_dir": str(lab_folder),
        "IdentityProvider.token": secrets.token_hex(16),
        "LabApp.expose_app_in_browser": True,
    }
    command = [sys.executable, "-m", "jupyterlab", *(f"--{name}={value}" for name, value in options.items())]
    log = lab_folder / "lab.log"
    with log.open("w", encoding="utf-8") as lines, subprocess.Popen(command, env=environment, stdout=lines, stderr=lines) as server:
        try:
            facts = wait_for_server(own / "runtime", server, log)
            yield f"{facts['url']}lab/tree/notebooks/{{}}?reset&token={facts['token']}"
        finally:
            server.terminate()
            server.wait(PATIENCE)


def wait_for_server(runtime: Path, server: subprocess.Popen, log: Path) -> dict:
    """What the server writes about itself once it listens."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and server.poll() is None:
        for path in runtime.glob("jpserver-*.json"):
            facts = json.loads(path.read_text(encoding="utf-8") or "{}")
            if facts.get("port"):
                return facts
        time.sleep(0.2)
    pytest.fail(f"JupyterLab did not start:\n{log.read_text(encoding='utf-8')[-3000:]}")


@pytest.fixture(scope="module")
def ran(browser, lab: str, lab_folder: Path, pictures: Path) -> Iterator[Watched]:
    """JupyterLab with the notebook run from a clean slate, and saved."""
    with watch(browser, lab.format(NOTEBOOK), height=1400) as watched:
        wait_for_notebook(watched)
        wait_until_idle(watched)
        command(watched, "notebook:clear-all-cell-outputs")
        assert watched.page.locator(".framing-article").count() == 0
        command(watched, "notebook:run-all-cells")
        wait_until_idle(watched)
        watched.page.locator(".framing-article").first.scroll_into_view_if_needed()
        watched.page.screenshot(path=pictures / "notebook.png")
        command(watched, "docmanager:save")
        yield watched


def command(watched: Watched, name: str) -> None:
    """One of JupyterLab's own commands, awaited."""
    watched.page.evaluate("name => window.jupyterapp.commands.execute(name).then(() => null)", name)


def wait_for_notebook(watched: Watched) -> None:
    watched.page.set_default_timeout(1000 * PATIENCE)
    watched.page.locator(".jp-NotebookPanel:visible .jp-Cell").first.wait_for()
    watched.page.wait_for_function("() => window.jupyterapp.shell.currentWidget?.context?.isReady")


def wait_until_idle(watched: Watched) -> None:
    kernel = "window.jupyterapp.shell.currentWidget.sessionContext.session?.kernel"
    watched.page.wait_for_function(f"() => {kernel}?.status === 'idle'")


def test_runs_without_a_fault(ran: Watched, lab_folder: Path) -> None:
    page = ran.page
    assert page.locator("[data-mime-type='application/vnd.jupyter.stderr'], [data-mime-type='application/vnd.jupyter.error']").count() == 0
    assert page.locator(".framing-article").count() >= 1
    saved = nbformat.read(lab_folder / "notebooks" / NOTEBOOK, as_version=4)
    code = [cell for cell in saved.cells if cell.cell_type == "code"]
    assert [cell.execution_count for cell in code] == list(range(1, len(code) + 1))
    assert not [output for cell in code for output in cell.outputs if output.output_type == "error"]
    ran.check_quiet()


def test_layers_toggle_in_jupyterlab(ran: Watched, pictures: Path) -> None:
    reader = ran.page.locator(".framing-article").first
    boxes = reader.get_by_role("checkbox").all()
    assert len(boxes) >= 4
    begun = looks(reader)
    for box in boxes:
        before = looks(reader)
        box.click()
        assert looks(reader) != before, layer_of(box)
    ran.page.screenshot(path=pictures / "notebook-toggled.png")
    for box in boxes:
        box.click()
    assert looks(reader) == begun


def test_dark_theme(ran: Watched, pictures: Path) -> None:
    """JupyterLab's dark theme, on a screen that asks for light: the reader is dark too, with enough contrast."""
    change = "theme => window.jupyterapp.commands.execute('apputils:change-theme', {theme}).then(() => null)"
    ran.page.evaluate(change, "JupyterLab Dark")
    try:
        ran.page.locator("body[data-jp-theme-light=false]").wait_for(state="attached")
        ran.page.screenshot(path=pictures / "notebook-dark.png")
        assert ran.faults(".framing-article") == []
    finally:
        ran.page.evaluate(change, "JupyterLab Light")
        ran.page.locator("body[data-jp-theme-light=true]").wait_for(state="attached")


def test_untrusted_notebook(ran: Watched, open_page: Open, lab: str, lab_folder: Path, pictures: Path) -> None:
    """Sent by somebody else, the notebook is not trusted: styles are stripped, and the reader still reads."""
    strange = nbformat.read(lab_folder / "notebooks" / NOTEBOOK, as_version=4)
    strange.cells.append(nbformat.v4.new_markdown_cell("Changed after it was signed."))
    nbformat.write(strange, lab_folder / "notebooks" / "strange.ipynb")
    watched = open_page(lab.format("strange.ipynb"), height=1400)
    wait_for_notebook(watched)
    page = watched.page
    assert page.evaluate("() => window.jupyterapp.shell.currentWidget.content.widgets.some(cell => cell.model.trusted === true)") is False
    given = next(html for html in outputs_as_html(strange) if "framing-article" in html)
    page.evaluate("html => { window.given = new DOMParser().parseFromString(html, 'text/html') }", given)
    reader = page.locator(".framing-article").first
    reader.scroll_into_view_if_needed()
    page.screenshot(path=pictures / "untrusted.png")
    assert page.locator(".jp-OutputArea-output style").count() == 0, "the sanitiser is expected to strip styles"
    for element in ("cite", "em", "mark", "p"):
        was = page.evaluate("name => window.given.querySelectorAll(`.framing-article ${name}`).length", element)
        assert reader.locator(element).count() == was > 0, f"<{element}> is lost in the sanitiser"
    words = "root => root.textContent.replace(/\\s+/g, ' ').trim()"
    assert reader.evaluate(words) == page.evaluate(f"() => ({words})(window.given.querySelector('.framing-article'))")
    for paragraph in reader.locator("p:not(details p)").all():
        assert paragraph.is_visible(), paragraph.text_content()
    for box in reader.locator("input").all():
        assert box.is_disabled() or not box.is_visible(), "a check box that can switch nothing"


def outputs_as_html(notebook: nbformat.NotebookNode) -> Iterator[str]:
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            if html := output.get("data", {}).get("text/html"):
                yield html
