"""Schedules for systemd, cron and Kubernetes."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

from reconcile.errors import ReconcileError
from reconcile.service.schedule import Installation, crontab, kubernetes, systemd_service, systemd_timer

ROOT = Path(__file__).parents[2]
HERE = Installation("/opt/reconcile/bin/reconcile", "/var/lib/reconcile", "reconcile", "Europe/Oslo")
FILES = {
    "reconcile-nightly.service": systemd_service(HERE),
    "reconcile-nightly.timer": systemd_timer(HERE),
    "crontab": crontab(HERE),
    "kubernetes.yaml": kubernetes(HERE),
}


@pytest.mark.parametrize("name", FILES)
def test_deploy_holds_what_is_printed(name: str) -> None:
    """The files in deploy/ are what the commands print for an installation in /opt and /var/lib."""
    assert FILES[name] == (ROOT / "deploy" / name).read_text("utf-8")


def test_systemd_accepts_the_units(tmp_path: Path) -> None:
    """systemd-analyze finds nothing wrong."""
    if shutil.which("systemd-analyze") is None:
        pytest.skip("systemd-analyze is not installed here")
    here = Installation(shutil.which("true") or "/bin/true", str(tmp_path), "root", "Europe/Oslo")
    (tmp_path / "reconcile-nightly.service").write_text(systemd_service(here))
    (tmp_path / "reconcile-nightly.timer").write_text(systemd_timer(here))
    files = sorted(tmp_path.glob("reconcile-nightly.*"))
    said = subprocess.run(["systemd-analyze", "verify", *files], capture_output=True, text=True, check=False)
    assert (said.returncode, said.stderr) == (0, "")


def test_units_have_only_known_settings() -> None:
    """Every line of a unit is a section, a comment, or a setting that systemd has in that section."""
    known = {
        "Unit": {"Description", "Wants", "After"},
        "Service": {
            *("Type", "User", "WorkingDirectory", "ExecStart", "SuccessExitStatus", "Restart", "RestartSec", "Nice"),
            *("NoNewPrivileges", "PrivateTmp", "ProtectSystem", "ProtectHome", "ReadWritePaths", "UMask"),
        },
        "Timer": {"OnCalendar", "Persistent", "RandomizedDelaySec"},
        "Install": {"WantedBy"},
    }
    section = ""
    for line in (systemd_service(HERE) + systemd_timer(HERE)).splitlines():
        if line.startswith("["):
            section = line.strip("[]")
        elif line and not line.startswith("#"):
            assert line.partition("=")[0] in known[section]


def documents() -> list[Any]:
    """The objects of the Kubernetes file."""
    return list(yaml.safe_load_all(kubernetes(HERE)))


def test_cronjob_has_the_structure_of_batch_v1() -> None:
    """Each key of the CronJob is one of its schema, and what it needs is there."""
    job = next(one for one in documents() if one["kind"] == "CronJob")
    assert job["apiVersion"] == "batch/v1"
    assert job["spec"].keys() <= {
        *("schedule", "timeZone", "concurrencyPolicy", "startingDeadlineSeconds", "suspend", "jobTemplate"),
        *("successfulJobsHistoryLimit", "failedJobsHistoryLimit"),
    }
    assert re.fullmatch(r"\d+ \d+ \* \* \*", job["spec"]["schedule"])
    pod = job["spec"]["jobTemplate"]["spec"]["template"]["spec"]
    assert pod.keys() <= {"restartPolicy", "securityContext", "containers", "volumes"}
    assert pod["restartPolicy"] == "Never"  # a pod failure policy asks for it
    mounted = {mount["name"] for one in pod["containers"] for mount in one["volumeMounts"]}
    assert mounted == {volume["name"] for volume in pod["volumes"]}


def test_cronjob_claims_the_volume_it_uses() -> None:
    """The claim that the pod names is made by the same file."""
    claim, job = documents()
    volumes = job["spec"]["jobTemplate"]["spec"]["template"]["spec"]["volumes"]
    assert volumes[0]["persistentVolumeClaim"]["claimName"] == claim["metadata"]["name"]


def test_time_and_zone_stand_in_each(tmp_path: Path) -> None:
    """The time of day and the time zone are those asked for."""
    here = Installation("/bin/reconcile", "/desk", "ann", "America/New_York", at="4:05")
    assert "OnCalendar=*-*-* 04:05:00 America/New_York" in systemd_timer(here)
    assert "CRON_TZ=America/New_York\n5 4 * * * " in crontab(here)
    assert 'schedule: "5 4 * * *"\n  timeZone: "America/New_York"' in kubernetes(here)


@pytest.mark.parametrize("at", ["24:00", "2", "02:60", "", "2 am"])
def test_wrong_times_of_day(at: str) -> None:
    """What is no time of day is refused."""
    with pytest.raises(ReconcileError, match="no time of day"):
        Installation("/bin/reconcile", "/desk", "ann", "", at=at)


def test_folder_with_a_space_is_quoted() -> None:
    """A path with a space is one word to systemd and to the shell of cron."""
    here = Installation("/bin/reconcile", "/our desk", "ann", "")
    assert 'cd "/our desk" && ' in crontab(here)
    assert 'ReadWritePaths="/our desk"' in systemd_service(here)
