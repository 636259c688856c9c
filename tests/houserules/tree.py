"""What lies in the tree, for the rules to look at."""

from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "fieldlog"
TEMPLATES = ROOT / "templates"
STATIC = ROOT / "static"
TESTS = ROOT / "tests"

# Packages of the ground: they serve every feature and have files of their own kinds.
GROUND = {"cli", "fields", "kinds", "web"}
FEATURE_FILES = {"__init__", "models", "actions", "queries", "forms", "views"}


def files(folder: Path, *suffixes: str) -> list[Path]:
    """Every file below the folder with one of the suffixes, in order."""
    return sorted(path for path in folder.rglob("*") if path.suffix in suffixes and "__pycache__" not in path.parts)


def name(path: Path) -> str:
    """The path as one writes it from the top of the repository."""
    return path.relative_to(ROOT).as_posix()


def features() -> list[Path]:
    """The feature packages: those that hold rows, writes, reads or pages."""
    holds = FEATURE_FILES - {"__init__"}
    return [
        package
        for package in sorted(PACKAGE.iterdir())
        if package.is_dir() and package.name not in GROUND and any((package / f"{file}.py").exists() for file in holds)
    ]
