"""What installs the agent on a device: what can be checked without one."""

import ast
import configparser
import re
import shlex
import shutil
import subprocess
import sys

import pytest

from dev.config import ROOT

SYSTEMD = ROOT / "edge" / "systemd"
UNIT = SYSTEMD / "farm-edge.service"
DOCKERFILE = ROOT / "deploy" / "edge.Dockerfile"
#: maker and product of the USB readers that nfcpy drives; PC/SC has the ACR122U
BY_PCSC = {("072f", "2200")}


def unit():
    """Sections of the unit; of a name that comes several times, all values."""

    class Several(dict):
        def __setitem__(self, name, value):
            if isinstance(value, list) and name in self:
                value = [*self[name], *value]
            super().__setitem__(name, value)

    parser = configparser.RawConfigParser(dict_type=Several, strict=False)
    parser.optionxform = str
    parser.read(UNIT, encoding="utf-8")
    return parser["Service"]


def arguments_fit(words):
    """Whether the command line takes these words."""
    command = [sys.executable, "-m", "farm_edge", *words, "--help"]
    answer = subprocess.run(command, capture_output=True, text=True, check=False)
    return answer.returncode == 0, answer.stderr


def test_systemd_takes_the_unit(tmp_path):
    if not shutil.which("systemd-analyze"):
        pytest.skip("systemd is not on this machine")
    text = UNIT.read_text(encoding="utf-8").replace("/opt/farm-edge/bin", "/bin")
    path = tmp_path / UNIT.name
    path.write_text(text.replace("/bin/farm-edge run", "/bin/true"))
    answer = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", path],
        capture_output=True,
        text=True,
        check=False,
    )
    ours = [row for row in answer.stderr.splitlines() if "farm-edge" in row]
    assert (answer.returncode, ours) == (0, [])


def test_the_unit_starts_the_agent_where_it_keeps_its_store():
    service = unit()
    assert service["Type"] == "notify"
    assert service["StateDirectory"] == "farm-edge"
    assert service["Restart"] == "always"
    fits, why = arguments_fit(shlex.split(service["ExecStart"])[1:])
    assert fits, why


def test_the_groups_of_the_unit_are_made():
    made = re.findall(r"^g (\S+)", (SYSTEMD / "farm-edge.sysusers").read_text(), re.M)
    assert sorted(unit()["SupplementaryGroups"].split()) == sorted(made)


def test_the_credential_is_the_one_that_the_agent_looks_for():
    from farm_edge.store.vault import CREDENTIAL

    [line] = re.findall(r"^#?LoadCredentialEncrypted=(\S+):", UNIT.read_text(), re.M)
    assert line == CREDENTIAL


def test_every_usb_reader_of_nfcpy_may_be_opened():
    from nfc.clf.device import usb_device_map

    rules = (SYSTEMD / "60-farm-edge-readers.rules").read_text(encoding="utf-8")
    rows = re.findall(r'idVendor\}=="(\w+)", .*idProduct\}=="([\w|]+)"', rules)
    named = {(maker, one) for maker, several in rows for one in several.split("|")}
    drivers = {(f"{maker:04x}", f"{product:04x}") for maker, product in usb_device_map}
    assert named == drivers - BY_PCSC


def test_the_kernel_leaves_readers_alone():
    text = (SYSTEMD / "farm-edge-modprobe.conf").read_text(encoding="utf-8")
    rows = [row for row in text.splitlines() if row and not row.startswith("#")]
    assert {"blacklist pn533_usb", "blacklist port100"} <= set(rows)
    assert all(row.startswith("blacklist ") for row in rows)


def test_the_image_runs_as_nobody_special_and_copies_what_it_may_see():
    rows = DOCKERFILE.read_text(encoding="utf-8").splitlines()
    words = [row.split() for row in rows if row and not row.startswith("#")]
    assert [w[1] for w in words if w[0] == "USER"] == ["farm-edge"]
    assert [w[0] for w in words].index("USER") < [w[0] for w in words].index("VOLUME")
    seen = (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()
    for source in [w[1] for w in words if w[0] == "COPY"]:
        assert (ROOT / source).exists()
        assert any(row.startswith(f"!{source}") for row in seen), source


def test_the_commands_of_the_containers_are_commands():
    text = DOCKERFILE.read_text(encoding="utf-8")
    [own] = re.findall(r"^CMD (\[.*\])$", text, re.MULTILINE)
    compose = (ROOT / "docker-compose.yml").read_text(encoding="utf-8")
    run = re.findall(r"^      - (run|--\S+)$", compose, re.MULTILINE)
    [tags] = re.findall(r"command: \[(simulate-tag.*)\]", compose)
    for words in (ast.literal_eval(own), run, tags.split(", ")):
        fits, why = arguments_fit(words)
        assert fits, why
    assert run[0] == "run" and "--host=0.0.0.0" in run
