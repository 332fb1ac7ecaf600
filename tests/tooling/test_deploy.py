"""The files for production: what can be checked without an engine."""

import ast
import configparser
import re
import shutil
import subprocess

import pytest

from dev.config import ROOT


def read_conf():
    parser = configparser.ConfigParser(interpolation=None)
    parser.read(ROOT / "odoo.conf", encoding="utf-8")
    return parser["options"]


def test_production_configuration_holds_no_password():
    assert not [name for name in read_conf() if "pass" in name]


def test_production_configuration_lists_no_databases():
    options = read_conf()
    assert options["list_db"] == "False"
    assert options["proxy_mode"] == "True"
    assert int(options["workers"]) > 0


def test_images_are_pinned():
    compose = (ROOT / "docker-compose.yml").read_text(encoding="utf-8")
    images = re.findall(r"image: (\S+)", compose)
    for dockerfile in (ROOT / "deploy").glob("*Dockerfile"):
        text = dockerfile.read_text(encoding="utf-8")
        images += re.findall(r"^FROM (\S+)", text, re.MULTILINE)
    assert images
    assert all(re.search(r":[\w.-]*\d[\w.-]*$", image) for image in images), images


def test_libraries_that_the_add_ons_name_are_installed_everywhere():
    wanted = set()
    for manifest in (ROOT / "addons").glob("*/__manifest__.py"):
        content = ast.literal_eval(manifest.read_text(encoding="utf-8"))
        wanted |= set(content.get("external_dependencies", {}).get("python", []))
    listed = (ROOT / "requirements.txt").read_text(encoding="utf-8")
    image = (ROOT / "deploy/Dockerfile").read_text(encoding="utf-8")
    of_the_image = {"reportlab", "xlsxwriter"}
    assert [name for name in wanted - {"xlsxwriter"} if name not in listed] == []
    assert [name for name in wanted - of_the_image if name not in image] == []


def compose():
    """The command of Docker Compose on this machine, plugin or alone, or None."""
    for command in (["docker", "compose"], ["docker-compose"]):
        if (
            shutil.which(command[0])
            and not subprocess.run(
                [*command, "version"], capture_output=True, check=False
            ).returncode
        ):
            return command
    return None


def test_docker_compose_accepts_the_file():
    if not compose():
        pytest.skip("docker compose is not on this machine")
    command = [*compose(), "config", "--quiet"]
    answer = subprocess.run(
        command, cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert answer.returncode == 0, answer.stderr
