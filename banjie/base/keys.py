"""The master key, kept in a file outside the database, and the purpose keys derived from it."""

import os
import secrets
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

KEY_BYTES = 32


@dataclass(frozen=True)
class MasterKey:
    """32 random bytes that are never used themselves, only derived from."""

    secret: bytes

    def derive(self, purpose: str) -> bytes:
        """Return the 32-byte key for one purpose (HKDF-SHA256, RFC 5869)."""
        return HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=b"banjie", info=purpose.encode()).derive(
            self.secret
        )


def read_or_make_key(path: Path) -> MasterKey:
    """Read the master key at `path`, or write a new one there that only its owner may read."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        _write_once(path, secrets.token_hex(KEY_BYTES))
    secret = bytes.fromhex(path.read_text().strip())
    if len(secret) != KEY_BYTES:
        raise ValueError(
            f"密钥文件 {path} 不是 {KEY_BYTES} 字节。请从备份恢复它：没有原来的密钥，个人信息无法解开。"
        )
    return MasterKey(secret)


def _write_once(path: Path, text: str) -> None:
    """Write `text` whole or not at all, so that two processes starting together agree on one key."""
    draft = path.with_name(f"{path.name}.{os.getpid()}")
    draft.write_text(text + "\n")
    draft.chmod(0o600)
    try:
        os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        draft.unlink()


@cache
def key_for(purpose: str) -> bytes:
    """Return this installation's key for `purpose`, such as "residents.phone"."""
    from django.conf import settings

    master: MasterKey = settings.MASTER_KEY
    return master.derive(purpose)
