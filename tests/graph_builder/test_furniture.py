"""Lines that are furniture by their wording, and lines of an article that are worded nearly so."""

from __future__ import annotations

import pytest

from nutrigraph.graph_builder.bylines import begins_with_credential
from nutrigraph.graph_builder.document import Reviewer
from nutrigraph.graph_builder.furniture import Role, calls_to_act, is_price, line


@pytest.mark.parametrize(
    "words",
    [
        "P.S. If you liked this one, the next letter is on calcium.",
        "Thanks for reading! Forward it to a friend.",
        "Want a plan that does the sums? Try our 21-day low-carb program.",
        "If you would like to eat better, send me a message at the address above!",
        "Larkfield Letters is a reader-supported publication.",
        "Consider becoming a paid subscriber.",
        "This post may contain affiliate links.",
        "We earn a small commission when you buy something.",
        "RELATED: How citrate keeps crystals apart",
        "212 views",
        "Ready to feel the difference? Grab our sampler with three flavours.",
        "Best viewed in 800 x 600",
        "You are visitor number 20,114 since 1998",
        "Hungry now? Our chefs made a list of seven suppers.",
        "Spotted a mistake? Write to the desk.",
        "Next review due: 20 May 2026",
        "P.S. Did you know that our coaches are dietitians?",
        "Free tool: waist-to-height calculator",
        "Our programs come with weekly talks.",
        "Pin it for later!",
        "Labels: fiber, prebiotics",
        "Request an appointment",
        "Want more? Follow Salt Notes for two recipes a month.",
        "Try our hibiscus blend",
        "Credit: Olu Ade / Stocksy",
        "User rating: 4 / 5",
        "31 out of 40 found this helpful",
        "In this entry",
        "5 minutes to read",
        "Reading time: 4 minutes",
        "This entry is meant to inform and does not replace advice from your own doctor.",
        "The content of this library is not meant to replace care by a physician.",
        "Larkfield does not give medical advice, diagnosis or treatment.",
    ],
)
def test_banners(words: str) -> None:
    found = line(words)
    assert found is not None
    assert found.role is Role.BANNER


@pytest.mark.parametrize(
    "words",
    [
        "Want to lower your cholesterol? Try a bowl of oats each morning.",
        "If you have chest pain, call your doctor.",
        "Consider becoming active: exercise lowers blood pressure.",
        "A fortified diet is a vitamin-supported way to health.",
        "The receptor has an affiliate protein.",
        "Related: insulin",
        "Why do we get hungry? Our stomach releases ghrelin.",
        "Next reviewers looked at its safety.",
        "PS is a phospholipid of cell membranes.",
        "Free fatty acids rise in fasting.",
        "Our bodies make it from cholesterol.",
        "Labels list sugar by weight.",
        "Make an appointment with a doctor if the pain lasts.",
        "Want to lose weight? Follow a diet with fewer calories.",
        "Credit for the discovery belongs to two people.",
        "Diet does not replace treatment by a doctor in type 1 diabetes.",
        "In this disease the kidneys fail.",
        "Reading labels takes time.",
        "Our stomachs digest meal plans of any kind.",
    ],
)
def test_what_is_no_banner(words: str) -> None:
    assert line(words) is None


def test_comments_have_a_heading() -> None:
    for words in (
        "What our readers say",
        "Readers said",
        "12 comments",
        "Comments (2)",
        "3 responses on Lactose",
        "Hello, I'm Ursula!",
        "As seen in",
    ):
        found = line(words)
        assert found is not None
        assert found.role is Role.BOX
    assert line("3 responses of the body") is None


@pytest.mark.parametrize(
    ("words", "role"),
    [
        ("Words by Jane Roe", Role.AUTHOR),
        ("Story and photos by Jane Roe", Role.AUTHOR),
        ("Page by Jane Roe", Role.AUTHOR),
        ("Fact-checked and medically reviewed by Jane Roe", Role.REVIEWER),
        ("Checked by Jane Roe", Role.REVIEWER),
        ("Medical review by Jane Roe", Role.REVIEWER),
    ],
)
def test_bylines(words: str, role: Role) -> None:
    found = line(words)
    assert found is not None
    assert (found.role, found.person) == (role, Reviewer("Jane Roe"))
    assert line(words.replace("Jane Roe", "cells of the liver")) is None


def test_what_a_button_offers() -> None:
    assert calls_to_act("Check price")
    assert calls_to_act("Begin")
    assert calls_to_act("Send it to me")
    assert not calls_to_act("Check blood glucose")
    assert not calls_to_act("Begin with small meals")


@pytest.mark.parametrize(
    ("words", "date"),
    [("Last update: 22 February 2021", "2021-02-22"), ("Review date: 22 February 2021", "2021-02-22")],
)
def test_dates(words: str, date: str) -> None:
    found = line(words)
    assert found is not None
    assert found.date == date


def test_a_byline_with_a_date() -> None:
    found = line("by Ursula Brenner on February 3, 2020")
    assert found is not None
    assert (found.person, found.date) == (Reviewer("Ursula Brenner"), "2020-02-03")
    assert line("By eating oats on most days, people lower their cholesterol.") is None


def test_a_byline_with_an_hour() -> None:
    found = line("Posted by Petra at 9:30 AM")
    assert found is not None
    assert found.person == Reviewer("Petra")


def test_a_byline_with_a_date_after_a_comma() -> None:
    found = line("Reviewed for medical accuracy by Dr. Lena Voss, July 8, 2024")
    assert found is not None
    assert (found.person, found.date) == (Reviewer("Dr. Lena Voss"), "2024-07-08")
    found = line("Reviewed by Lena Voss, MD, RD")
    assert found is not None
    assert found.person == Reviewer("Lena Voss", ("MD", "RD"))


def test_prices() -> None:
    assert [is_price(words) for words in ("€ 17,90", "$24.00 USD", "from 9.90 €")] == [True] * 3
    assert not any(map(is_price, ("17.90 mg", "$5 a day is enough", "$")))


def test_credentials() -> None:
    assert begins_with_credential("MSc")
    assert begins_with_credential("RD, MPH. Runs our clinic.")
    assert not begins_with_credential("MRI of the heart")
