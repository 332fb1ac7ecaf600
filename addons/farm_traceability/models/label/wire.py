"""Sending raw data to a printer. No word of Odoo."""

import ipaddress
import socket

CONNECT_SECONDS = 5
# For each piece: a printer with a full buffer takes more when it has printed some.
PIECE_SECONDS = 30
PIECE = 32_768


class PrinterOff(Exception):
    """Nothing was sent: the job can wait."""


class PrinterBroke(Exception):
    """Some was sent: nobody knows what was printed."""


def send(host, port, content, confirms=True):
    """Send all of it.

    :param bytes content: all labels of a job
    :param confirms: the printer closes the connection when it has read all
    :raises PrinterOff: when not a single byte was sent
    :raises PrinterBroke: when it broke off, or the printer did not take all
    """
    with _connect(host, port) as line:
        line.settimeout(PIECE_SECONDS)
        try:
            for start in range(0, len(content), PIECE):
                line.sendall(content[start : start + PIECE])
            line.shutdown(socket.SHUT_WR)
            if confirms:
                _wait_for_the_end(line)
        except OSError as error:
            raise PrinterBroke(str(error)) from error


def _connect(host, port):
    """A line to the first of the host's addresses that answers."""
    problem = OSError(host)
    for address in _addresses(host, port):
        try:
            return socket.create_connection(address, CONNECT_SECONDS)
        except OSError as error:
            problem = error
    raise PrinterOff(str(problem)) from problem


def _addresses(host, port):
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except OSError as error:
        raise PrinterOff(str(error)) from error
    addresses = [address[:2] for *_kind, address in found]
    for name, _port in addresses:
        _refuse_special(name)
    return addresses


def _refuse_special(address):
    """A name may lead to where no printer is, such as a cloud's own services."""
    number = ipaddress.ip_address(address.partition("%")[0])
    if number.is_link_local or number.is_multicast or number.is_unspecified:
        raise PrinterOff(address)


def _wait_for_the_end(line):
    while line.recv(PIECE):
        pass
