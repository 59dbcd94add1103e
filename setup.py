"""What a wheel holds besides the package: leaflets, templates, catalogues, the fonts' lock.

Everything else about the package stands in pyproject.toml.
"""

import shutil
from pathlib import Path

from setuptools import setup
from setuptools.command.build_py import build_py

SHIPPED = (
    "CHANGELOG.md",
    "clinic-logo.svg",
    "clinic.yaml",
    "docs",
    "leaflets",
    "locales",
    "package-lock.json",
    "package.json",
    "templates",
)
"""What goes into `leafpress/shipped/`; MANIFEST.in names the same for an sdist."""


class BuildWithProject(build_py):
    """The package, and the project that is shipped with it."""

    def run(self) -> None:
        """Copy both into the wheel, and nothing that an earlier build has left."""
        package = Path(self.build_lib, "leafpress")
        shutil.rmtree(package, ignore_errors=True)
        super().run()
        if not self.editable_mode:
            for name in SHIPPED:
                _copy(Path(name), package / "shipped" / name)


def _copy(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    if source.is_dir():
        shutil.copytree(source, target, ignore=shutil.ignore_patterns(".*", "*.mo"))
    else:
        shutil.copy(source, target)


setup(cmdclass={"build_py": BuildWithProject})
