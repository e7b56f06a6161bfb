"""Sealing what may not be read in the database: chat addresses and what people typed.

Two keys come from the operator's master secret: one seals (AES-256-GCM, so that a changed byte is
noticed), the other makes marks (HMAC-SHA256) by which a sealed value is found again. The secret is
kept outside the database; who has the database alone can neither read nor guess.
"""

from __future__ import annotations

import hashlib
import hmac
import os
from typing import Any, Final

import msgspec
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from sqlalchemy import Dialect, LargeBinary
from sqlalchemy.types import TypeDecorator

from bot.ports.store import StoreError

LEAST_SECRET: Final = 16
"""Bytes below which a master secret can be guessed."""

_VERSION: Final = b"\x01"
_NONCE_BYTES: Final = 12  # what GCM takes without hashing it first (NIST SP 800-38D, 8.2)
_VAULT: Final = "trialbell_vault"


class WrongSecret(StoreError):
    """The secret key is not the one that the database was sealed with."""

    def __init__(self) -> None:
        super().__init__(
            "the secret key does not open this database: set the key that it was made with"
        )


class Vault:
    """Seals, opens and marks with keys made from one master secret.

    Raises ValueError where the secret is shorter than ``LEAST_SECRET`` bytes.
    """

    def __init__(self, secret: bytes) -> None:
        if len(secret) < LEAST_SECRET:
            raise ValueError(f"the secret key must have at least {LEAST_SECRET} bytes")
        self._cipher = AESGCM(_subkey(secret, b"trialbell seal 1"))
        self._mark_key = _subkey(secret, b"trialbell mark 1")

    def seal(self, text: str, purpose: str) -> bytes:
        """Encrypt. ``purpose`` binds the value to its column: it opens for no other."""
        nonce = os.urandom(_NONCE_BYTES)
        return _VERSION + nonce + self._cipher.encrypt(nonce, text.encode(), purpose.encode())

    def open(self, sealed: bytes, purpose: str) -> str:
        """Decrypt. Raises WrongSecret where it was sealed with another key or was changed."""
        nonce, body = sealed[1 : 1 + _NONCE_BYTES], sealed[1 + _NONCE_BYTES :]
        if sealed[:1] != _VERSION or len(nonce) != _NONCE_BYTES:
            raise WrongSecret
        try:
            return self._cipher.decrypt(nonce, body, purpose.encode()).decode()
        except InvalidTag:
            raise WrongSecret from None

    def mark(self, purpose: str, value: object) -> bytes:
        """32 bytes that are equal exactly for equal values, and say nothing without the key.

        ``value`` is anything that msgspec encodes; lists and tuples are encoded with their
        lengths, so that no two values run into one another.
        """
        encoded = msgspec.msgpack.encode((purpose, value))
        return hmac.new(self._mark_key, encoded, hashlib.sha256).digest()

    def hang_on(self, dialect: Dialect) -> None:
        """Let the ``Sealed`` columns of this dialect (one for each engine) find their keys."""
        setattr(dialect, _VAULT, self)

    def __repr__(self) -> str:
        return "<Vault>"


class Sealed(TypeDecorator[str]):
    """A column of sealed text. Its keys come with the engine's dialect, from no global."""

    impl = LargeBinary
    cache_ok = True

    def __init__(self, purpose: str) -> None:
        super().__init__()
        self.purpose = purpose

    def process_bind_param(self, value: str | None, dialect: Dialect) -> bytes | None:
        """Seal on the way in."""
        return None if value is None else _vault_of(dialect).seal(value, self.purpose)

    def process_result_value(self, value: Any | None, dialect: Dialect) -> str | None:
        """Open on the way out."""
        return None if value is None else _vault_of(dialect).open(bytes(value), self.purpose)


def _vault_of(dialect: Dialect) -> Vault:
    vault = getattr(dialect, _VAULT, None)
    if not isinstance(vault, Vault):
        raise StoreError("the database was opened without a secret key")
    return vault


def _subkey(secret: bytes, purpose: bytes) -> bytes:
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=purpose).derive(secret)
