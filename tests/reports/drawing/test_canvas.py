"""What is drawn depends on what is drawn: on no setting of a user, a folder or a shell."""

import os
import subprocess
import sys
from pathlib import Path

DRAW = """
import io
from reports.drawing.canvas import drawing, Canvas
from reports.drawing.palette import LIGHT
canvas = Canvas(width=400, theme=LIGHT, styles={})
with drawing():
    figure = canvas.blank(200)
    axes = canvas.axes(figure, "x", left=40, top=10, width=300, height=150)
    axes.plot([1, 2, 3], [1, 4, 9], label='$x$')
    axes.legend()
    axes.set_title('50 % of $5')
    out = io.BytesIO()
    figure.savefig(out, format='svg', metadata={'Date': None})
print(out.getvalue().decode())
"""
SETTINGS = """
text.usetex: True
font.size: 40
lines.linewidth: 9
axes.grid: True
axes.prop_cycle: cycler(color=["r"])
savefig.bbox: tight
svg.fonttype: path
figure.dpi: 300
"""


def drawn(folder: Path, repository: Path) -> str:
    """What a Python that starts in `folder` draws."""
    done = subprocess.run(
        [sys.executable, "-c", DRAW],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(repository)},
        stdout=subprocess.PIPE,
        timeout=300,
        check=True,
        text=True,
    )
    return done.stdout


def test_a_matplotlibrc_changes_nothing(tmp_path: Path, repository: Path) -> None:
    plain, odd = tmp_path / "plain", tmp_path / "odd"
    plain.mkdir()
    odd.mkdir()
    (odd / "matplotlibrc").write_text(SETTINGS, "utf-8")
    assert drawn(odd, repository) == drawn(plain, repository)
