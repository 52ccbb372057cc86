"""Files that are whole or not there."""

from pathlib import Path


def write(path: Path, content: bytes) -> None:
    """Write a file aside, and give it its name once it is whole."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_suffix(".part")
    part.write_bytes(content)
    part.replace(path)
