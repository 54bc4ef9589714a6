"""Asks the Domain Name System for text records, in the little of RFC 1035 that this takes."""

import secrets
import socket
import struct
from pathlib import Path

_TXT, _INTERNET = 16, 1
_PORT, _TIMEOUT, _MOST = 53, 3, 4096
_NO_SUCH_NAME, _TRUNCATED = 3, 0x0200


class Unanswered(Exception):
    """No server could be asked, or none of them knew."""


def texts(name: str) -> list[str]:
    """Give the TXT records of a name; none where there is no such name. Raises Unanswered."""
    servers = _servers()
    if not servers:
        raise Unanswered("this machine names no DNS server in /etc/resolv.conf")
    problem = ""
    for server in servers:
        try:
            return _read(_asked(server, name))
        except (OSError, Unanswered, struct.error, IndexError) as fault:
            problem = f"{server}: {fault}"
    raise Unanswered(problem)


def _servers() -> list[str]:
    try:
        lines = Path("/etc/resolv.conf").read_text().splitlines()
    except OSError:
        return []
    return [words[1] for line in lines if len(words := line.split()) > 1 and words[0] == "nameserver"]


def _asked(server: str, name: str) -> bytes:
    """By UDP, and again by TCP where the answer does not fit (RFC 7766)."""
    number = secrets.token_bytes(2)
    labels = b"".join(bytes([len(part)]) + part for part in name.encode("idna").split(b"."))
    query = (
        number + struct.pack(">HHHHH", 0x0100, 1, 0, 0, 0) + labels + struct.pack(">BHH", 0, _TXT, _INTERNET)
    )
    family = socket.AF_INET6 if ":" in server else socket.AF_INET
    with socket.socket(family, socket.SOCK_DGRAM) as udp:
        udp.settimeout(_TIMEOUT)
        udp.connect((server, _PORT))
        udp.send(query)
        answer = udp.recv(_MOST)
    if answer[:2] != number:
        raise Unanswered("answered another question")
    if struct.unpack(">H", answer[2:4])[0] & _TRUNCATED:
        answer = _asked_by_tcp(family, server, query)
    return answer


def _asked_by_tcp(family: int, server: str, query: bytes) -> bytes:
    with socket.socket(family, socket.SOCK_STREAM) as tcp:
        tcp.settimeout(_TIMEOUT)
        tcp.connect((server, _PORT))
        tcp.sendall(struct.pack(">H", len(query)) + query)
        with tcp.makefile("rb") as answer:
            (length,) = struct.unpack(">H", answer.read(2))
            return answer.read(length)


def _read(answer: bytes) -> list[str]:
    _, flags, questions, answers = struct.unpack(">HHHH", answer[:8])
    code = flags & 0xF
    if code == _NO_SUCH_NAME:
        return []
    if code:
        raise Unanswered(f"refused, with code {code}")
    at = 12
    for _ in range(questions):
        at = _behind_name(answer, at) + 4
    found = []
    for _ in range(answers):
        at = _behind_name(answer, at)
        kind, _, _, length = struct.unpack(">HHIH", answer[at : at + 10])
        at += 10
        if kind == _TXT:
            found.append(_joined(answer[at : at + length]))
        at += length
    return found


def _behind_name(answer: bytes, at: int) -> int:
    while (length := answer[at]) != 0:
        if length >= 0xC0:  # the rest stands elsewhere
            return at + 2
        at += 1 + length
    return at + 1


def _joined(record: bytes) -> str:
    """A long text is several strings, each with its length before it."""
    parts, at = [], 0
    while at < len(record):
        parts.append(record[at + 1 : at + 1 + record[at]])
        at += 1 + record[at]
    return b"".join(parts).decode(errors="replace")
