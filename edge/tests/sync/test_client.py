"""Which server is believed, and what is made of what it answers."""

from __future__ import annotations

import datetime
import gzip
import http.server
import ipaddress
import socket
import ssl
import threading
from urllib.parse import urlsplit

import httpx
import pytest
import sync_server as server
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from farm_edge.sync import Client, NotTheServer, Unreachable, Untrusted
from farm_edge.sync import client as client_module
from farm_edge.sync.trust import pin_of_file
from farm_edge.sync.wire import read_page

DAY = datetime.timedelta(days=1)


def certificate(folder, name="127.0.0.1", begin=-1):
    """A key and its own certificate, from a day on."""
    key = ec.generate_private_key(ec.SECP256R1())
    names = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, name)])
    now = datetime.datetime.now(datetime.timezone.utc)
    made = (
        x509.CertificateBuilder()
        .subject_name(names)
        .issuer_name(names)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now + begin * DAY)
        .not_valid_after(now + (begin + 30) * DAY)
        .add_extension(
            x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address(name))]),
            critical=False,
        )
        .sign(key, hashes.SHA256())
    )
    path = folder / f"{name}{begin}.pem"
    pem = serialization.Encoding.PEM
    path.write_bytes(
        key.private_bytes(
            pem,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        + made.public_bytes(pem)
    )
    return path


@pytest.fixture
def locked(tmp_path):
    """A server with HTTPS, and the file of its certificate."""

    def start(**how):
        path = certificate(tmp_path, **how)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(path)
        village = server.Village(context)
        started.append(village)
        return village, path

    started = []
    yield start
    for village in started:
        village.close()


def asked(village, **trust):
    client = Client(village.url, **trust)
    try:
        return client.get("snapshot", {}, "secret")
    finally:
        client.close()


def test_a_file_of_certificates_is_believed(locked):
    village, path = locked()
    assert asked(village, trust=str(path))


def test_the_system_does_not_believe_everybody(locked):
    village, _path = locked()
    with pytest.raises(Untrusted):
        asked(village)
    assert village.asked == []


def test_a_pin_is_enough_and_a_wrong_one_is_told_nothing(locked, tmp_path):
    village, path = locked()
    other = certificate(tmp_path, "127.0.0.2")
    assert asked(village, pin=pin_of_file(path))
    village.asked.clear()
    with pytest.raises(Untrusted, match="is pinned"):
        asked(village, pin=pin_of_file(other))
    assert village.asked == []


def test_a_pin_beside_a_file_is_asked_for_as_well(locked, tmp_path):
    village, path = locked()
    other = certificate(tmp_path, "127.0.0.2")
    assert asked(village, trust=str(path), pin=pin_of_file(path))
    with pytest.raises(Untrusted):
        asked(village, trust=str(path), pin=pin_of_file(other))
    with pytest.raises(Untrusted):
        asked(village, trust=str(other), pin=pin_of_file(path))


@pytest.mark.parametrize("how", [{"name": "127.0.0.2"}, {"begin": -40}])
def test_a_certificate_of_another_name_or_that_is_over_is_not_believed(locked, how):
    village, path = locked(**how)
    with pytest.raises(Untrusted):
        asked(village, trust=str(path))
    with pytest.raises(Untrusted):  # a pin beside a file takes nothing away
        asked(village, trust=str(path), pin=pin_of_file(path))
    assert village.asked == []


def test_a_board_that_lost_its_time_finds_a_pinned_server(locked):
    village, path = locked(begin=5)
    with pytest.raises(Untrusted):
        asked(village, trust=str(path))
    assert asked(village, pin=pin_of_file(path))


@pytest.mark.parametrize(
    "trust",
    [{"pin": "sha256/short"}, {"pin": "md5/x"}, {"trust": "/none"}],
    ids=lambda one: str(one),
)
def test_a_trust_that_is_none_is_told(trust):
    with pytest.raises(Untrusted):
        Client("https://127.0.0.1", **trust)


@pytest.mark.parametrize("server", ["http://farm.example", "http://8.8.8.8:8069"])
def test_no_token_goes_far_in_clear(server):
    with pytest.raises(Untrusted, match="https"):
        Client(server)


@pytest.mark.parametrize(
    "server",
    ["http://localhost:8069", "http://odoo:8069", "http://192.168.1.5", "http://[::1]"],
)
def test_a_server_next_door_may_be_without_tls(server):
    Client(server).close()


def test_who_is_to_be_believed_by_a_key_has_to_show_one(village, tmp_path):
    path = certificate(tmp_path)
    for trust in ({"pin": pin_of_file(path)}, {"trust": str(path)}):
        with pytest.raises(Untrusted, match="https"):
            asked(village, **trust)
    assert village.asked == []


# -- a proxy ------------------------------------------------------------------------


class Proxy(http.server.BaseHTTPRequestHandler):
    """Passes requests on, and tunnels."""

    def do_GET(self):
        self.server.passed.append(self.path)
        answer = httpx.get(self.path, headers=dict(self.headers), trust_env=False)
        self.send_response(answer.status_code)
        for name in ("Content-Type",):
            self.send_header(name, answer.headers[name])
        self.end_headers()
        self.wfile.write(answer.content)

    def do_CONNECT(self):
        self.server.passed.append(self.path)
        split = urlsplit(f"//{self.path}")
        there = socket.create_connection((split.hostname, split.port))
        self.send_response(200)
        self.end_headers()
        pipes = ((self.connection, there), (there, self.connection))
        threads = [threading.Thread(target=pipe, args=ends) for ends in pipes]
        for one in threads:
            one.start()
        for one in threads:
            one.join()
        self.close_connection = True

    def log_message(self, *_words):
        pass


def pipe(source, target):
    try:
        while piece := source.recv(65_536):
            target.sendall(piece)
        target.shutdown(socket.SHUT_WR)
    except OSError:
        pass


@pytest.fixture
def proxy():
    proxy = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Proxy)
    proxy.daemon_threads = True
    proxy.passed = []
    threading.Thread(target=proxy.serve_forever, args=(0.02,), daemon=True).start()
    yield proxy
    proxy.shutdown()
    proxy.server_close()


def test_through_a_proxy(village, proxy):
    assert asked(village, proxy=f"http://127.0.0.1:{proxy.server_port}")
    assert proxy.passed == [f"{village.url}/farm_rfid/v1/snapshot"]


def test_a_pin_holds_through_a_tunnel(locked, proxy, tmp_path):
    village, path = locked()
    through = f"http://127.0.0.1:{proxy.server_port}"
    assert asked(village, pin=pin_of_file(path), proxy=through)
    assert proxy.passed == [f"127.0.0.1:{village.port}"]
    with pytest.raises(Untrusted):
        other = certificate(tmp_path, "127.0.0.2")
        asked(village, pin=pin_of_file(other), proxy=through)


def test_the_environment_says_the_proxy_unless_there_is_to_be_none(
    village, proxy, monkeypatch
):
    monkeypatch.setenv("HTTP_PROXY", f"http://127.0.0.1:{proxy.server_port}")
    monkeypatch.delenv("NO_PROXY", raising=False)
    monkeypatch.delenv("no_proxy", raising=False)
    assert asked(village) and len(proxy.passed) == 1
    assert asked(village, proxy="none") and len(proxy.passed) == 1


@pytest.mark.parametrize(
    "proxy",
    [
        "what is this",
        "socks5://me:secret@proxy",
        "gopher://me:secret@proxy",
        "http://:x",
    ],
)
def test_a_proxy_that_is_none_is_told_without_its_password(proxy):
    with pytest.raises(Unreachable) as told:
        Client("http://127.0.0.1", proxy=proxy).get("snapshot", {}, "")
    assert "secret" not in str(told.value)


# -- answers ------------------------------------------------------------------------


def test_nobody_there(village):
    village.close()
    with pytest.raises(Unreachable):
        asked(village)


@pytest.mark.parametrize("address", ["", "farm.example", "ftp://x", "http://[", "://"])
def test_an_address_that_is_none_is_told(address):
    with pytest.raises((Unreachable, NotTheServer)):
        client = Client(address, proxy="none")
        client.get("snapshot", {}, "")


def test_a_silent_server_is_given_up(village):
    over = threading.Event()
    village.faults = [lambda handler, work: over.wait(30)]
    client = Client(village.url, timeout=httpx.Timeout(0.2))
    with pytest.raises(Unreachable):
        client.get("snapshot", {}, "")
    over.set()


def test_an_answer_without_end_is_given_up(village, monkeypatch):
    monkeypatch.setattr(client_module, "LARGEST_ANSWER", 100_000)

    def endless(handler, work):
        handler.send(200, b"", length=10**12)
        with pytest.raises(OSError):
            while True:
                handler.wfile.write(bytes(10_000))
        handler.close_connection = True

    village.faults = [endless]
    with pytest.raises(NotTheServer):
        asked(village)


def test_an_answer_that_drips_is_given_up(village, monkeypatch):
    monkeypatch.setattr(client_module, "LONGEST", 0.05)

    def drip(handler, work):
        handler.send(200, b"", length=10**6)
        with pytest.raises(OSError):
            while True:
                handler.wfile.write(b"x")
        handler.close_connection = True

    village.faults = [drip]
    with pytest.raises(Unreachable):
        asked(village)


def packed(change):
    """A proxy packs the answer."""

    def fault(handler, work):
        body = change(gzip.compress(work()))
        handler.send(200, body, headers={"Content-Encoding": "gzip"})

    return fault


def test_an_answer_that_a_proxy_packs_is_read(village):
    plain = asked(village)
    village.faults = [packed(lambda body: body)]
    assert asked(village) == plain


@pytest.mark.parametrize(
    "change",
    [
        lambda body: body[:-20],
        lambda body: b"no gzip",
        lambda body: gzip.compress(bytes(10 * client_module.LARGEST_ANSWER)),
    ],
)
def test_an_answer_that_is_packed_wrong_is_none(village, change):
    village.faults = [packed(change)]
    with pytest.raises((NotTheServer, Unreachable)):
        read_page(asked(village))


def test_a_sign_in_page_that_redirects_gets_no_token(village):
    other = server.Village()
    village.faults = [
        lambda handler, work: handler.send(
            307, b"", "text/html", {"Location": f"{other.url}/farm_rfid/v1/snapshot"}
        )
    ]
    with pytest.raises(NotTheServer):
        asked(village)
    assert other.asked == []
    other.close()
