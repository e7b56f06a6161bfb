"""Sealing what may not be read in the database: chat addresses and what people typed.

Of each of the operator's master secrets one key is made that seals (AES-256-GCM, so that a changed
byte is noticed). A seal names its key, so that several can be in use while one takes over from
another: the newest seals, any opens. Values are found again by marks (HMAC-SHA256) whose key stands
sealed in the database itself and outlives the secrets: a look-up has to give the same mark before,
during and after a rotation. The secrets are kept outside the database; who has the database alone
can neither read nor guess.
"""

from __future__ import annotations

import hashlib
import hmac
import os
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

import msgspec
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from sqlalchemy import Dialect, LargeBinary
from sqlalchemy.types import TypeDecorator

from bot.ports.store_errors import StoreError

LEAST_SECRET: Final = 16
"""Bytes below which a master secret can be guessed."""

KeySource = Callable[[], Sequence[bytes]]
"""Gives all master secrets, the newest first. It is asked before each seal, and where none opens
what was met; so it has to be quick where nothing changed, and must not raise once it has given."""

_UNNAMED: Final = b"\x01"
"""Heads a seal that does not name its key, as they were made while there was one key only."""
_NAMED: Final = b"\x02"
_ID_BYTES: Final = 4
_NONCE_BYTES: Final = 12  # what GCM takes without hashing it first (NIST SP 800-38D, 8.2)
_VAULT: Final = "trialbell_vault"

HEAD_BYTES: Final = len(_NAMED) + _ID_BYTES
"""The length of what a seal begins with: its version and its key's name."""


class WrongSecret(StoreError):
    """None of the secret keys is the one that something in the database was sealed with."""

    def __init__(self) -> None:
        super().__init__(
            "the secret key does not open this database: set the key that it was made with"
        )


class _Key:
    """What is made of one master secret."""

    def __init__(self, secret: bytes) -> None:
        if len(secret) < LEAST_SECRET:
            raise ValueError(f"the secret key must have at least {LEAST_SECRET} bytes")
        self.head = _NAMED + _subkey(secret, b"trialbell name 1")[:_ID_BYTES]
        self.cipher = AESGCM(_subkey(secret, b"trialbell seal 1"))
        self.mark_key = _subkey(secret, b"trialbell mark 1")


class Vault:
    """Seals, opens and marks with keys made from the master secrets.

    Raises ValueError where a secret is shorter than ``LEAST_SECRET`` bytes.
    """

    def __init__(self, secret: bytes | KeySource) -> None:
        self._source: KeySource = secret if callable(secret) else lambda: (secret,)
        self._secrets: tuple[bytes, ...] = ()
        self._keys: Mapping[bytes, _Key] = {}
        self._mark_key = self._newest().mark_key

    @property
    def head(self) -> bytes:
        """What every seal begins with that is made from now on."""
        return self._newest().head

    def seal(self, text: str, purpose: str) -> bytes:
        """Encrypt with the newest key. ``purpose`` binds the value to its column."""
        key, nonce = self._newest(), os.urandom(_NONCE_BYTES)
        return key.head + nonce + key.cipher.encrypt(nonce, text.encode(), purpose.encode())

    def open(self, sealed: bytes, purpose: str) -> str:
        """Decrypt. Raises WrongSecret where no key of ours sealed it or it was changed."""
        return self._open(sealed, purpose)[0]

    def first_mark_key(self, sealed: bytes, purpose: str) -> bytes:
        """The key of marks that was made from the secret which this was sealed with."""
        return self._open(sealed, purpose)[1].mark_key

    def mark_with(self, mark_key: bytes) -> None:
        """Make marks with this key, as it stands sealed in the database, from now on."""
        self._mark_key = mark_key

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

    def _newest(self) -> _Key:
        self._refresh()
        return next(iter(self._keys.values()))

    def _open(self, sealed: bytes, purpose: str) -> tuple[str, _Key]:
        opened = self._try(sealed, purpose)
        if opened is None and self._refresh():  # the keys were changed since: under a running one
            opened = self._try(sealed, purpose)
        if opened is None:
            raise WrongSecret
        return opened

    def _try(self, sealed: bytes, purpose: str) -> tuple[str, _Key] | None:
        head = sealed[:HEAD_BYTES] if sealed[:1] == _NAMED else sealed[:1]
        start = len(head) + _NONCE_BYTES
        nonce, body = sealed[len(head) : start], sealed[start:]
        if len(nonce) != _NONCE_BYTES:
            return None
        for key in self._keys.values() if head == _UNNAMED else (self._keys.get(head),):
            if key is None:
                continue
            try:
                return key.cipher.decrypt(nonce, body, purpose.encode()).decode(), key
            except InvalidTag:
                continue
        return None

    def _refresh(self) -> bool:
        """Take the secrets as they are now. Returns whether they had changed."""
        secrets = tuple(self._source())
        if secrets == self._secrets:
            return False
        keys = [_Key(secret) for secret in secrets]
        self._secrets, self._keys = secrets, {key.head: key for key in keys}
        return True

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
