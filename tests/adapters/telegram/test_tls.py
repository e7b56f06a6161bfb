"""The certificates that are trusted in connections to Telegram."""

from __future__ import annotations

import ssl

from adapters.telegram.tls import trusted


def test_certificates_are_loaded_once_and_checked() -> None:
    """Every connection shares them, and none takes a server's word for who it is."""
    assert trusted() is trusted()
    assert trusted().verify_mode is ssl.CERT_REQUIRED
    assert trusted().check_hostname
    assert trusted().cert_store_stats()["x509_ca"] > 0
