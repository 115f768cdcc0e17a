"""Sending what waits in the outbox: by mail, webhook or Apprise; what fails is tried again by the next run."""

from __future__ import annotations

import hashlib
import hmac
import smtplib
import ssl
import time
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from email.message import EmailMessage
from email.utils import format_datetime

import httpcore
import httpx
import structlog

from reconcile.config.nightly import NotifySettings, RecipientSettings, SmtpSettings
from reconcile.ingest.connection import Deadline, GuardedTransport, RefusedAddressError, system_resolve
from reconcile.model import Problem
from reconcile.service.wording import row_of, subject_of, text_of
from reconcile.store.deliveries import Delivery, Message
from reconcile.store.night_store import NightStore
from reconcile.visible import to_json

_SECONDS = 30.0

Send = Callable[[Message, RecipientSettings, NotifySettings], None]


class DeliveryError(Exception):
    """A message did not get through; the text says why, without any secret."""


def deliver_due(nights: NightStore, settings: NotifySettings, now: datetime) -> tuple[Problem, ...]:
    """Send every message that waits; the problems of those that did not get through, none of which ends a run.

    A message is marked before it leaves. One found marked was cut off while it was sent: whether it arrived cannot be
    known, and since nothing is told twice, it is not sent again, and said so.
    """
    problems = [_uncertain(nights, one, now) for one in nights.list_deliveries("sending")]
    recipients = {one.name: one for one in settings.recipients}
    for waiting in nights.list_deliveries("pending"):
        message = waiting.message
        recipient = recipients.get(message.recipient)
        if recipient is None:
            nights.mark_delivery(message.id, "given_up", now, "the recipient is no longer configured")
            continue
        nights.mark_delivery(message.id, "sending", now)
        try:
            SENDERS[recipient.channel](message, recipient, settings)
        except DeliveryError as error:
            problems.append(_failed(nights, waiting, settings, now, str(error)))
        else:
            nights.mark_delivery(message.id, "sent", now)
            structlog.get_logger().info("told", recipient=recipient.name, date=message.date, id=message.id)
    return tuple(problems)


def _uncertain(nights: NightStore, cut_off: Delivery, now: datetime) -> Problem:
    message = cut_off.message
    nights.mark_delivery(message.id, "uncertain", now, "the run was ended while it was sent")
    return Problem(
        "tell",
        message.recipient,
        f"the message on the night of {message.date} may not have arrived: the run was ended while it was sent",
        f"what it told is in the report of {message.date}",
        loss=False,
    )


def _failed(nights: NightStore, failed: Delivery, settings: NotifySettings, now: datetime, reason: str) -> Problem:
    message = failed.message
    over = now - failed.made >= timedelta(hours=settings.give_up_hours)
    nights.mark_delivery(message.id, "given_up" if over else "pending", now, reason)
    structlog.get_logger().warning("not delivered", recipient=message.recipient, reason=reason, given_up=over)
    return Problem(
        "tell",
        message.recipient,
        f"the message on the night of {message.date} was not delivered: {reason}",
        "it was tried for long enough and is given up" if over else "the next nightly run tries again",
        loss=False,
    )


# --- channels ---------------------------------------------------------------------------------


def send_mail(message: Message, recipient: RecipientSettings, settings: NotifySettings) -> None:
    """Send the message by SMTP; its Message-ID is the message's own. Raises DeliveryError."""
    smtp = settings.smtp
    mail = EmailMessage()
    mail["Subject"] = subject_of(message)
    mail["From"] = smtp.sender
    mail["To"] = recipient.to
    mail["Date"] = format_datetime(datetime.now().astimezone())
    mail["Message-ID"] = f"<{message.id}@reconcile.invalid>"
    mail["Auto-Submitted"] = "auto-generated"
    mail.set_content(text_of(message))
    try:
        with _connect(smtp) as server:
            if smtp.user:
                server.login(smtp.user, smtp.password)
            server.send_message(mail)
    except smtplib.SMTPAuthenticationError:
        raise DeliveryError(f"{smtp.host} refuses the user or the password") from None
    except smtplib.SMTPException as error:
        raise DeliveryError(f"{smtp.host}: {type(error).__name__}") from None
    except OSError as error:
        raise DeliveryError(f"{smtp.host} cannot be reached ({error.strerror or type(error).__name__})") from None


def _connect(smtp: SmtpSettings) -> smtplib.SMTP:
    if smtp.tls == "implicit":
        return smtplib.SMTP_SSL(smtp.host, smtp.port, timeout=_SECONDS, context=ssl.create_default_context())
    server = smtplib.SMTP(smtp.host, smtp.port, timeout=_SECONDS)
    if smtp.tls == "starttls":
        server.starttls(context=ssl.create_default_context())
    return server


def post_webhook(message: Message, recipient: RecipientSettings, settings: NotifySettings) -> None:
    """POST the message as JSON to an address of the public net, or one that is allowed. Raises DeliveryError."""
    body = to_json(row_of(message)).encode("utf-8", "replace")
    headers = {"Content-Type": "application/json", "Idempotency-Key": message.id, "User-Agent": "reconcile"}
    if recipient.key:
        headers["X-Reconcile-Signature"] = (
            f"sha256={hmac.new(recipient.key.encode(), body, hashlib.sha256).hexdigest()}"
        )
    deadline = Deadline()
    deadline.at = time.monotonic() + _SECONDS
    transport = GuardedTransport(system_resolve, recipient.allow_private, deadline)
    try:
        with httpx.Client(transport=transport, timeout=_SECONDS, follow_redirects=False) as client:
            answer = client.post(recipient.to, content=body, headers=headers)
    except RefusedAddressError:
        raise DeliveryError("its address is not public; allow_private names networks that may be called") from None
    except (httpx.HTTPError, httpx.InvalidURL, httpcore.TimeoutException, httpcore.NetworkError) as error:
        raise DeliveryError(f"the webhook cannot be reached ({type(error).__name__})") from None
    except (httpcore.ProtocolError, httpcore.UnsupportedProtocol, OSError, ValueError) as error:
        raise DeliveryError(f"the webhook cannot be called ({type(error).__name__})") from None
    if not answer.is_success:
        raise DeliveryError(f"the webhook answers {answer.status_code}")


def send_by_apprise(message: Message, recipient: RecipientSettings, settings: NotifySettings) -> None:
    """Send the message by Apprise. Raises DeliveryError."""
    try:
        import apprise
    except ModuleNotFoundError:
        raise DeliveryError("Apprise is not installed: pip install 'reconcile[notify]'") from None
    service = apprise.Apprise()
    if not service.add(recipient.to):
        raise DeliveryError("Apprise does not understand the address")
    if not service.notify(title=subject_of(message), body=text_of(message)):
        raise DeliveryError("Apprise could not deliver it")


SENDERS: Mapping[str, Send] = {"email": send_mail, "webhook": post_webhook, "apprise": send_by_apprise}
