"""A mail server, or somebody before it, that keeps TLS from coming about, and writes down all that it hears before."""

import socketserver
import ssl
import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Self

#: How: not offered; offered and refused; agreed to, with a certificate that nobody vouches for.
WAYS = ("not offered", "refused", "false certificate")


class Stripping:
    """`with Stripping(way, folder) as server`: what it heard in the clear is in `heard`; `url` is for EMAIL_URL."""

    def __init__(self, way: str, folder: Path) -> None:
        self.heard = bytearray()
        self.mails = 0
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        context.load_cert_chain(_certificate(folder))
        heard, outer = self.heard, self

        class Talk(socketserver.StreamRequestHandler):
            def handle(self) -> None:
                self.wfile.write(b"220 mail.example ESMTP\r\n")
                while line := self.rfile.readline():
                    heard.extend(line)
                    word = line[:8].strip().upper()
                    if word == b"STARTTLS" and way == "false certificate":
                        self.wfile.write(b"220 Go ahead\r\n")
                        with context.wrap_socket(self.connection, server_side=True) as safe:
                            heard.extend(safe.recv(4096))
                        return
                    outer.mails += word == b"DATA"
                    self.wfile.write(_answer(word, way))

        self._server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), Talk)
        self._server.daemon_threads = True
        self._server.handle_error = lambda *args: None  # type: ignore[method-assign]  # the client hangs up: as it should
        self.url = f"smtp+tls://newsroom:very-secret@127.0.0.1:{self._server.server_address[1]}"

    def __enter__(self) -> Self:
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *args: object) -> None:
        self._server.shutdown()
        self._server.server_close()


def _answer(word: bytes, way: str) -> bytes:
    if word.startswith(b"EHLO"):
        offered = b"" if way == "not offered" else b"250-STARTTLS\r\n"
        return b"250-mail.example\r\n" + offered + b"250 AUTH PLAIN LOGIN\r\n"
    if word == b"STARTTLS":
        return b"454 TLS not available\r\n" if way == "refused" else b"502 Unknown command\r\n"
    return b"354 Go on\r\n" if word == b"DATA" else b"250 OK\r\n"


def _certificate(folder: Path) -> Path:
    """Make one that is signed by itself, with its key in the same file."""
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .sign(key, hashes.SHA256())
    )
    path = folder / "false.pem"
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    path.write_bytes(private + made.public_bytes(serialization.Encoding.PEM))
    return path
