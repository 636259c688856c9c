"""What the statements say that is true of this version of fieldlog. Whoever changes what they tell of changes them."""

from datetime import date
from typing import NamedTuple

from fieldlog.clock import day_bounds
from fieldlog.labels import Label

UPDATED = date(2026, 11, 27)
"""When the pages were last judged, and the statements last written."""


class Lack(NamedTuple):
    """Something that is not accessible, why, and what there is instead."""

    what: Label
    criterion: str
    instead: Label


LACKING = (
    Lack(
        Label(
            "Löften och nyheter som bara är skrivna på svenska står på svenska också på de engelska sidorna. "
            "De är inte översatta, och skärmläsare läser dem med engelskt uttal.",
            "Pledges and news that were written in Swedish only are in Swedish on the English pages too. "
            "They have not been translated, and screen readers read them as English.",
        ),
        "WCAG 3.1.2",
        Label("Läs dem på den svenska sidan.", "Read them on the Swedish page."),
    ),
    Lack(
        Label(
            "Hela löftet som pdf, och rapporter och protokoll som personalen hämtar, saknar märkning av rubriker och "
            "tabeller. Programmet som gör dem kan inte det ännu.",
            "The whole pledge as a PDF, and reports and records that staff fetch, have no marked headings and tables. "
            "The program that makes them cannot do it yet.",
        ),
        "WCAG 1.3.1",
        Label("Samma innehåll finns som webbsida.", "The same content is there as a web page."),
    ),
)


class Kept(NamedTuple):
    """Something that is kept on a device: under what name, why, and for how long."""

    names: tuple[str, ...]
    why: Label
    until: Label


class Place(NamedTuple):
    """Where a browser keeps things."""

    name: Label
    kept: tuple[Kept, ...]


A_YEAR = Label("Ett år.", "A year.")


def kept(session: str, days: int) -> tuple[Place, ...]:
    """All that is kept on a staff member's device: the ``session``'s cookie by its name, for so many days."""
    return (
        Place(Label("Kakor", "Cookies"), _cookies(session, days)),
        Place(Label("Webbläsarens lokala lagring", "The browser's local storage"), _LOCAL),
        Place(Label("Webbläsarens databas (IndexedDB)", "The browser's database (IndexedDB)"), _DATABASE),
        Place(Label("Appens sidor, och aviseringar", "The app's pages, and notifications"), _WORKER),
    )


def _cookies(session: str, days: int) -> tuple[Kept, ...]:
    lasts = Label(
        "{days} dagar eller tills du loggar ut. En administratörs tas bort när webbläsaren stängs.",
        "{days} days, or until you sign out. An administrator's goes when the browser is closed.",
    )
    return (
        Kept(
            (session,),
            Label(
                "Håller dig inloggad och hindrar andra webbplatser från att skicka formulär i ditt namn.",
                "Keeps you signed in, and keeps other sites from sending forms in your name.",
            ),
            lasts.fill(days=days),
        ),
        Kept(
            ("account",),
            Label(
                "Kontots nummer: sidor som ligger på enheten vet vem som är inloggad.",
                "The account's number: pages that lie on the device know who is signed in.",
            ),
            Label("Ett år eller tills du loggar ut.", "A year, or until you sign out."),
        ),
        Kept(
            ("known",),
            Label(
                "Visar att du har loggat in här förut. Den som gissar lösenord någon annanstans stänger inte dig ute.",
                "Shows that you signed in here before. Whoever guesses passwords elsewhere does not lock you out.",
            ),
            A_YEAR,
        ),
        Kept(
            ("language", "theme"),
            Label("Det språk och det utseende du har valt.", "The language and the look that you chose."),
            A_YEAR,
        ),
    )


_LOCAL = (
    Kept(
        ("fieldlog:…",),
        Label(
            "De val du gjorde senast i varje formulär. Aldrig antal eller text.",
            "What you chose last in each form. Never counts or texts.",
        ),
        Label(
            "Tills du gör andra val. Kommundelen föreslås i tolv timmar.",
            "Until you choose otherwise. The area is suggested for twelve hours.",
        ),
    ),
    Kept(
        ("outbox",),
        Label(
            "Hur många rader utkorgen behöver, så att sidan inte hoppar.",
            "How many lines the outbox needs, so that the page does not jump.",
        ),
        Label("Så länge något väntar på att skickas.", "As long as something waits to be sent."),
    ),
)

_DATABASE = (
    Kept(
        ("entries", "photos"),
        Label(
            "Det du har loggat och fotograferat, så att inget går förlorat utan täckning.",
            "What you logged and photographed, so that nothing is lost without coverage.",
        ),
        Label(
            "Tills det är skickat, och som kopia i minst 30 dagar efter det om det får plats.",
            "Until it is sent, and as a copy for 30 days or more after that if there is room.",
        ),
    ),
    Kept(
        ("drafts",),
        Label("Det du har börjat fylla i.", "What you began to fill in."),
        Label("Tills du sparar det eller tar bort det.", "Until you save it or throw it away."),
    ),
    Kept(
        ("state",),
        Label(
            "Enhetens nummer, vem som är inloggad, löftenas siffror, koder till blanketter, när servern svarade.",
            "The device's number, who is signed in, the pledges' figures, codes for paper forms, the last answer.",
        ),
        Label(
            "Tills nyare kommer. Vem som är inloggad glöms när du loggar ut.",
            "Until newer ones come. Who is signed in is forgotten when you sign out.",
        ),
    ),
)

_WORKER = (
    Kept(
        ("fieldlog-…",),
        Label(
            "Sidor, bilder och stilar som är lika för alla, så att appen öppnas utan täckning.",
            "Pages, pictures and styles that are the same for everybody, so that the app opens without coverage.",
        ),
        Label("Tills nästa version av appen.", "Until the app's next version."),
    ),
    Kept(
        ("push",),
        Label(
            "Adressen till din webbläsares tjänst för aviseringar, bara om du har slagit på dem.",
            "The address of your browser's notification service, only if you turned notifications on.",
        ),
        Label("Tills du slår av dem.", "Until you turn them off."),
    ),
)


def link(contact: str) -> str:
    """The contact as an address to follow; empty for none."""
    return f"mailto:{contact}" if contact and not contact.startswith("https://") else contact


def security_txt(contact: str, expires: date, address: str) -> str:
    """RFC 9116's file, found at that address and valid until the day is over."""
    _, end = day_bounds(expires)
    lines = {
        "Contact": link(contact),
        "Expires": f"{end:%Y-%m-%dT%H:%M:%SZ}",
        "Preferred-Languages": "sv, en",
        "Canonical": address,
    }
    return "".join(f"{name}: {value}\n" for name, value in lines.items())
