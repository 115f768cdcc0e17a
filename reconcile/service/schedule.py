"""Schedules: the units that run a night every night, for systemd, cron and Kubernetes."""

from __future__ import annotations

import getpass
import os
import re
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path

from reconcile.errors import ReconcileError

_TIME = re.compile(r"([01]?\d|2[0-3]):([0-5]\d)")
_PLAIN = re.compile(r"[\w@%+=:,./-]+", re.ASCII)


@dataclass(frozen=True, slots=True)
class Installation:
    """What a schedule is for: the command, the folder of reconcile.toml, the user; time zone "" is the machine's."""

    command: str
    folder: str
    user: str
    time_zone: str
    at: str = "02:00"
    image: str = "reconcile:latest"

    def __post_init__(self) -> None:
        """Refuse a time of day that is none, and paths that would need quoting in three languages."""
        if not _TIME.fullmatch(self.at):
            raise ReconcileError(f"--at {self.at!r} is no time of day", "write it as 02:00")
        for value in (self.command, self.folder):
            if not re.fullmatch(r"[^\x00-\x1f\"'\\$%]+", value):
                raise ReconcileError(f"{value!r} cannot be named in a schedule", "use a path without quotes or $ or %")

    @property
    def hour(self) -> int:
        """The hour of the day."""
        return int(self.at.partition(":")[0])

    @property
    def minute(self) -> int:
        """The minute of the hour."""
        return int(self.at.partition(":")[2])


def this_installation(*, at: str, time_zone: str, image: str) -> Installation:
    """The installation that this process is part of."""
    beside = Path(sys.executable).with_name("reconcile")
    command = str(beside) if beside.exists() else shutil.which("reconcile") or str(beside)
    return Installation(command, str(Path.cwd()), _user(), time_zone, at, image)


def _user() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return str(os.getuid())


def systemd_service(one: Installation) -> str:
    """``reconcile-nightly.service``."""
    return f"""\
[Unit]
Description=reconcile: the nightly run
Wants=network-online.target
After=network-online.target

[Service]
Type=oneshot
User={one.user}
WorkingDirectory={one.folder}
ExecStart={_quoted(one.command)} --log-json nightly
# 3: done in part (sources or articles failed; people are told by message), 4: another run is at work.
SuccessExitStatus=3 4
# A run that was killed goes on where it stopped.
Restart=on-abnormal
RestartSec=60
Nice=10
NoNewPrivileges=true
PrivateTmp=true
ProtectSystem=strict
ProtectHome=read-only
ReadWritePaths={_quoted(one.folder)}
UMask=0027
"""


def systemd_timer(one: Installation) -> str:
    """``reconcile-nightly.timer``: a night that was missed while the machine was off is run once it is on."""
    zone = f" {one.time_zone}" if one.time_zone else ""
    return f"""\
[Unit]
Description=reconcile: every night at {one.at}

[Timer]
OnCalendar=*-*-* {one.hour:02}:{one.minute:02}:00{zone}
Persistent=true
RandomizedDelaySec=60

[Install]
WantedBy=timers.target
"""


def crontab(one: Installation) -> str:
    """Lines for ``crontab -e``; what the run prints is appended to a log."""
    zone = f"CRON_TZ={one.time_zone}\n" if one.time_zone else ""
    return (
        "# CRON_TZ is known to cronie; where cron does not know it, give the time in the machine's own zone.\n"
        f"{zone}{one.minute} {one.hour} * * * cd {_quoted(one.folder)} && "
        f"{_quoted(one.command)} --log-json nightly >> nightly.log 2>&1\n"
    )


def kubernetes(one: Installation) -> str:
    """A CronJob with the volume and the configuration that it needs."""
    zone = f'  timeZone: "{one.time_zone}"\n' if one.time_zone else ""
    return f"""\
# kubectl create configmap reconcile --from-file=reconcile.toml, then kubectl apply -f this file.
# Passwords: a secret named reconcile, with variables such as RECONCILE_DB and RECONCILE_NOTIFY__SMTP__PASSWORD.
apiVersion: v1
kind: PersistentVolumeClaim
metadata:
  name: reconcile
spec:
  accessModes: [ReadWriteOnce]
  resources:
    requests:
      storage: 10Gi
---
apiVersion: batch/v1
kind: CronJob
metadata:
  name: reconcile-nightly
spec:
  # Kubernetes leaves out a time that the change to summer time skips: with a time zone that changes, choose 04:00.
  schedule: "{one.minute} {one.hour} * * *"
{zone}  concurrencyPolicy: Forbid
  startingDeadlineSeconds: 43200
  successfulJobsHistoryLimit: 3
  failedJobsHistoryLimit: 7
  jobTemplate:
    spec:
      backoffLimit: 3
      podFailurePolicy:
        rules:
          # 2: wrong configuration, 3: done in part, 4: another run is at work. None of them is mended by a retry.
          - action: FailJob
            onExitCodes:
              containerName: nightly
              operator: In
              values: [2, 3, 4]
      template:
        spec:
          restartPolicy: Never
          securityContext:
            runAsNonRoot: true
            runAsUser: 10001
            fsGroup: 10001
            seccompProfile:
              type: RuntimeDefault
          containers:
            - name: nightly
              image: {one.image}
              args: [--log-json, nightly]
              workingDir: /desk
              envFrom:
                - secretRef:
                    name: reconcile
                    optional: true
              securityContext:
                allowPrivilegeEscalation: false
                readOnlyRootFilesystem: true
                capabilities:
                  drop: [ALL]
              resources:
                requests:
                  cpu: 500m
                  memory: 1Gi
                limits:
                  memory: 3Gi
              volumeMounts:
                - name: work
                  mountPath: /desk
                - name: config
                  mountPath: /desk/reconcile.toml
                  subPath: reconcile.toml
                - name: tmp
                  mountPath: /tmp
          volumes:
            - name: work
              persistentVolumeClaim:
                claimName: reconcile
            - name: config
              configMap:
                name: reconcile
            - name: tmp
              emptyDir: {{}}
"""


def _quoted(path: str) -> str:
    return path if _PLAIN.fullmatch(path) else f'"{path}"'
