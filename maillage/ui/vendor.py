"""For maintainers: fetches fonts and scripts from npm packages into `static/vendor/` (needs npm; users do not)."""

import subprocess
import tarfile
import tempfile
import tomllib
from pathlib import Path

HERE = Path(__file__).parent
VENDOR = HERE / "static" / "vendor"


def fetch(package: dict[str, object], into: Path) -> None:
    """Copies the listed files of one npm package. Raises `CalledProcessError` or `KeyError` when one is missing."""
    with tempfile.TemporaryDirectory() as folder:
        name = f"{package['npm']}@{package['version']}"
        subprocess.run(["npm", "pack", "--silent", "--pack-destination", folder, name], check=True)  # noqa: S603, S607
        archive = next(Path(folder).glob("*.tgz"))
        with tarfile.open(archive) as tar:
            for source, target in package["files"]:  # type: ignore[attr-defined]
                member = tar.extractfile(f"package/{source}")
                if member is None:
                    raise KeyError(f"{name} no longer holds {source}")
                path = into / target
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(member.read())


if __name__ == "__main__":
    for package in tomllib.loads((HERE / "vendor.toml").read_text())["package"]:
        fetch(package, VENDOR)
