"""The bytes that were given, as files named by their digest."""

from __future__ import annotations

import hashlib
import os
import re
import tempfile
from pathlib import Path

from dashboard.errors import ConfigurationError, EngineError, NotFound

_DIGEST = re.compile(r"[0-9a-f]{64}")


class Files:
    """A folder of immutable files; safe to share between threads, processes and servers.

    ``ab/abcdef…`` holds the bytes whose SHA-256 is abcdef…; nobody but its owner can look inside.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def put(self, data: bytes) -> str:
        """The digest under which these bytes are kept from now on; keeping them twice keeps them once.

        After a crash at any moment the file is there whole or not at all. Raises ConfigurationError where the disk does
        not take them.
        """
        digest = hashlib.sha256(data).hexdigest()
        path = self._path(digest)
        try:
            if path.exists() and path.stat().st_size == len(data) and path.read_bytes() == data:
                return digest
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._folder.chmod(0o700)
            self._write(path, data)
        except OSError as error:
            raise ConfigurationError(
                f"The file cannot be kept in {self._folder} ({error.strerror}); check the space on the disk and "
                "who may write there, then give the file again."
            ) from error
        return digest

    def get(self, digest: str) -> bytes:
        """The bytes with this digest.

        Raises NotFound where they are not kept, and EngineError where they are damaged or cannot be read.
        """
        if not self.exists(digest):
            raise NotFound(f"The file with the digest {digest[:12]}… is not kept any more; give it again.")
        try:
            data = self._path(digest).read_bytes()
        except OSError as error:
            raise EngineError(
                f"The file with the digest {digest[:12]}… cannot be read ({error.strerror}); check the disk of the "
                "data folder."
            ) from error
        if hashlib.sha256(data).hexdigest() != digest:
            raise EngineError(
                f"The file with the digest {digest[:12]}… is damaged on the disk; give it again or restore it from "
                "a backup."
            )
        return data

    def exists(self, digest: str) -> bool:
        """Whether bytes with this digest are kept."""
        return bool(_DIGEST.fullmatch(digest)) and self._path(digest).is_file()

    def _path(self, digest: str) -> Path:
        return self._folder / digest[:2] / digest

    def _write(self, path: Path, data: bytes) -> None:
        handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=".new-")  # readable by its owner alone
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            os.replace(temporary, path)
        except BaseException:
            Path(temporary).unlink(missing_ok=True)
            raise
        if os.name == "posix":  # the new name itself survives a power cut only when the folder is written out
            folder = os.open(path.parent, os.O_RDONLY)
            try:
                os.fsync(folder)
            finally:
                os.close(folder)
