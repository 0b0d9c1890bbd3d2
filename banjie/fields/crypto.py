"""Seal personal text to its place in the database, and hash it under a key so that it can be looked up."""

import hashlib
import hmac
import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode
from functools import cache
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from banjie.base.errors import BanjieError
from banjie.base.keys import key_for

SEAL_PURPOSE = "fields.seal"
NONCE_BYTES = 12
KEY_ID_LENGTH = 8


class SealBroken(BanjieError):
    """A sealed text was changed, moved to another place, or sealed under a key that is not here."""


def seal(text: str, *, table: str, column: str, row: UUID) -> str:
    """Encrypt `text` for one column of one row: AES-256-GCM, the key's id in front; empty text stays empty.

    The place is authenticated with the text, so a sealed value that is copied elsewhere does not open there.
    """
    if not text:
        return ""
    nonce = secrets.token_bytes(NONCE_BYTES)
    sealed = _cipher().encrypt(nonce, text.encode(), _place(table, column, row))
    return f"{key_id()}.{urlsafe_b64encode(nonce + sealed).decode()}"


def unseal(sealed: str, *, table: str, column: str, row: UUID) -> str:
    """Decrypt what `seal` made for this very place; raises SealBroken when it cannot vouch for the text."""
    if not sealed:
        return ""
    made_with, _, body = sealed.partition(".")
    if made_with != key_id():
        raise SealBroken(
            f"这项个人信息是用另一把密钥（编号{made_with[:KEY_ID_LENGTH]}）加密的，现在的密钥解不开。"
            "请管理员从备份恢复原来的密钥文件。",
            ground=f"{table}.{column}",
        )
    try:
        raw = urlsafe_b64decode(body.encode())
        text = _cipher().decrypt(raw[:NONCE_BYTES], raw[NONCE_BYTES:], _place(table, column, row))
    except (InvalidTag, ValueError) as broken:
        raise SealBroken(
            "这项个人信息的密文被改动过，或被挪到了别处，不能解开。请管理员运行 banjie verify 查明是哪一条。",
            ground=f"{table}.{column}",
        ) from broken
    return text.decode()


def seal_bytes(content: bytes, *, table: str, column: str, row: UUID) -> bytes:
    """Encrypt `content` as `seal` does text, for a binary column."""
    nonce = secrets.token_bytes(NONCE_BYTES)
    return key_id().encode() + nonce + _cipher().encrypt(nonce, content, _place(table, column, row))


def unseal_bytes(sealed: bytes, *, table: str, column: str, row: UUID) -> bytes:
    """Decrypt what `seal_bytes` made for this very place; raises SealBroken when it cannot vouch for it."""
    made_with, body = sealed[:KEY_ID_LENGTH], sealed[KEY_ID_LENGTH:]
    try:
        if made_with != key_id().encode():
            raise InvalidTag
        return _cipher().decrypt(body[:NONCE_BYTES], body[NONCE_BYTES:], _place(table, column, row))
    except InvalidTag as broken:
        raise SealBroken(
            "这份内容的密文被改动过，或是用另一把密钥加密的，不能解开。请重新上传，或请管理员核对密钥文件。",
            ground=f"{table}.{column}",
        ) from broken


def blind(text: str, *, purpose: str) -> str:
    """Return the keyed hash of `text` as 64 hexadecimal digits (HMAC-SHA256 under the key of `purpose`)."""
    return _hash(text, purpose).hex()


def blind_number(text: str, *, purpose: str) -> int:
    """Return the first 64 bits of the keyed hash as a signed number, which fits an eight-byte index column."""
    return int.from_bytes(_hash(text, purpose)[:8], "big", signed=True)


def blind_within(town: str, text: str, *, purpose: str) -> int:
    """Return the number under which a town looks a text up; equal texts of two towns do not show as equal."""
    return blind_number(f"{town}:{text}", purpose=purpose)


@cache
def key_id() -> str:
    """Return the short name of the present sealing key, so that sealed texts tell which key they need."""
    return hashlib.sha256(b"banjie key id" + key_for(SEAL_PURPOSE)).hexdigest()[:KEY_ID_LENGTH]


@cache
def _cipher() -> AESGCM:
    return AESGCM(key_for(SEAL_PURPOSE))


def _place(table: str, column: str, row: UUID) -> bytes:
    return f"{table}.{column}.{row}".encode()


def _hash(text: str, purpose: str) -> bytes:
    return hmac.digest(key_for(purpose), text.encode(), "sha256")
