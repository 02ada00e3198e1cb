"""Drafts of mappings: what columns are taken for, by their values and their names."""

import csv
import json
from collections.abc import Sequence
from pathlib import Path

import ibis
import pytest
import yaml
from conftest import Run
from hypothesis import given, settings
from hypothesis import strategies as st

from winwinwin.mapping.drafting import columns_of
from winwinwin.mapping.drafting.dates import dates_of
from winwinwin.mapping.drafting.exports import export_of, exports
from winwinwin.mapping.drafting.guessing import Guesses, guessed
from winwinwin.mapping.drafting.scales import DEAL, ENDS, not_recorded, recognised, scales, told
from winwinwin.mapping.drafting.writing import draft, outcome
from winwinwin.mapping.file import load_mapping
from winwinwin.tables.columns import columns_of as columns_of_table

COUNTED = (
    """\
Satisfaction survey attempts; Rating month; Satisfaction quarter; Total ratings; CSAT sent; Max score
Predicted NPS; CSAT target; Previous NPS; Peer rating; Customer effort score (1-7); Importance (1-5)
How many times have you recommended us?; How satisfied are you with your manager?
Satisfaction (1 best, 5 worst); Rating: very good (1) to very bad (5); Hotel stars
Bewertungsnummer; Nr Zufriedenheit; Zufriedene Kunden; Bewertungsdauer; Zufriedenheit in Schulnoten
Kalenderwoche Bewertung; Anrufe Zufriedenheit; Wichtigkeit Zufriedenheit; Postleitzahl Zufriedenheit
Wie oft haben Sie uns bewertet?; Wie zufrieden sind Sie mit Ihrem Vorgesetzten?; Bonitätsbewertung
Numéro de satisfaction; Nombre de clients satisfaits; Durée de l'évaluation; Mois de satisfaction
Número de calificaciones; Tiempo de valoración; Precio satisfacción; Importancia satisfacción
Aantal beoordelingen; Duur beoordeling; Maand beoordeling; Tevreden klanten; Belang tevredenheid
Número de avaliações; Quantidade de avaliações; Tempo de avaliação; Preço avaliação; Mês avaliação
""".replace("\n", ";")
    .strip(";")
    .split(";")
)
"""Names that speak of opinions and of something else: numbers below them are no scale."""
SATISFACTION = ["Very satisfied", "Neither satisfied nor dissatisfied", "Dissatisfied"]


def of(**columns: Sequence[object]) -> Guesses:
    rows = [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]
    return guessed(columns_of(rows))


def fact(name: str, *values: object) -> str:
    """Return the field that a column is taken for, with what won and lost mean; "" for none."""
    guesses = guessed(columns_of([{name: value} for value in values]))
    [entry, *_] = [*guesses.entries.values(), None]
    if entry is None or entry.field in ("id", "date", "employee", "channel"):
        return ""
    if entry.cut:
        return f"{entry.field} {entry.cut.won:g}/{entry.cut.lost:g}"
    listed = " / ".join(", ".join(values) for values in entry.listed.values())
    return f"{entry.field} {listed}".strip()


def test_the_end_that_an_export_lacks_is_listed_too() -> None:
    assert "; Dissatisfied" not in fact("customer", "Satisfied")
    assert ", dissatisfied" in fact("customer", "Satisfied", "Neutral")
    assert fact("customer", "Bad").partition(" / ")[0].startswith("customer ")


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("customer_id", (1, 2, 5)),
        ("Customer ID", (1, 2, 3, 4, 5)),
        ("Customer Age", (1, 4, 5)),
        ("Alter des Kunden", (1, 4, 5)),
        ("Satisfaction year", (2025, 2026)),
        ("Customer postcode", (1, 4, 5)),
        ("Customer phone", (1, 4, 5)),
        ("Customer lifetime value", (1, 4, 5)),
        ("Lead Score", (1, 4, 5)),
        ("participants[role=customer success manager].csat", (1, 4, 5)),
        ("participants[role=bot].csat", (1, 4, 5)),
        ("Credit rating", (1, 4, 5)),
        ("rating_count", (1, 4, 5)),
        ("customer", (1, 4, 5)),
        ("customer", ("Lou", "Kim")),
        ("Customer type", ("Good", "Bad")),
        ("Resolved", ("Yes", "No")),
        ("Existing customer?", ("yes", "no")),
        ("Satisfaction", (1, 2, 3)),
        ("Is the customer dissatisfied?", ("Yes", "No")),
        ("Der Kunde ist unzufrieden", ("Ja", "Nein")),
        ("Customer: I am disappointed with the service", ("Agree", "Disagree")),
        ("How likely is the customer to cancel?", ("Very likely", "Very unlikely")),
        ("Customer churn risk score (0-100)", (0, 20, 100)),
        ("Did the salesperson feel bad about the work?", ("Yes", "No")),
        ("Manager rating of the call (1-5)", (1, 4, 5)),
        ("eNPS", (1, 4, 5)),
        ("CSAT responses", (1, 4, 5)),
        ("NPS count", (1, 5)),
        ("NPS survey number", (1, 5)),
        ("Satisfaction", (1.5, 4.2)),
        ("Customer", ("★★★★☆", "★☆☆☆☆")),
        ("Rating", ("★★★", "★")),
        ("Satisfaction", ("1 - Very satisfied", "2", "3", "5 - Very dissatisfied")),
        ("Satisfaction", ("1 - Very satisfied", "2", "3", "5")),
        ("Satisfaction", ("1 - purple", "2", "3", "5 - green")),
        ("Satisfaction", ("1,5", "4,2")),
        ("Satisfaction", ("2026-11-23", "2026-11-24")),
        ("Satisfaction (1 = very satisfied, 5 = very dissatisfied)", (1, 4, 5)),
        ("How satisfied are you, where 1 means completely satisfied and 5 not at all?", (1, 4, 5)),
        ("On a scale from 1 (excellent) to 5 (terrible), how satisfied are you?", (1, 4, 5)),
        ("Wie zufrieden sind Sie? (1 bedeutet sehr zufrieden, 5 sehr unzufrieden)", (1, 4, 5)),
        ("Êtes-vous satisfait ? (1 : tout à fait satisfait, 5 : pas satisfait)", (1, 4, 5)),
        ("¿Está satisfecho? (1 es muy satisfecho)", (1, 4, 5)),
        ("How satisfied are you? (5 = not at all, 1 = very satisfied)", (1, 4, 5)),
        ("Rate our service (best = 1, worst = 5)", (1, 4, 5)),
        ("How satisfied are you? (5 = very dissatisfied)", (1, 4, 5)),
        ("How likely are you to recommend us?", (1, 4, 5)),
        ("Wie zufrieden sind Sie? (1-6)", (1, 4, 5)),
        ("Satisfaction (1 to 3)", (1, 2, 3)),
        ("customer", ("Satisfied", "purple")),
        ("customer", ("neutral", "not sure")),
    ],
)
def test_no_fact_is_made_of_what_is_no_outcome(name: str, values: Sequence[object]) -> None:
    assert fact(name, *values) == ""


@pytest.mark.parametrize("name", COUNTED)
def test_no_count_is_a_scale_in_any_language(name: str) -> None:
    assert fact(name.strip(), 1, 2, 3, 4, 5) == ""


@pytest.mark.parametrize(
    ("name", "values", "taken"),
    [
        ("csat", (1, 4, 5), "customer 4/2"),
        (
            "How satisfied are you, where 1 means not at all and 5 completely?",
            (1, 5),
            "customer 4/2",
        ),
        ("Rate us from 1 (worst) to 5 (best)", (1, 5), "customer 4/2"),
        ("Wie zufrieden sind Sie? (1 = gar nicht, 5 = sehr)", (1, 5), "customer 4/2"),
        ("How likely are you to recommend us? (1-5)", (1, 5), "customer 4/2"),
        ("csat", ("1", "5", "N/A", "-"), "customer 4/2"),
        ("Agent self-rating", (1, 4, 5), "salesperson 4/2"),
        ("How satisfied or dissatisfied are you? (1-5)", (1, 5), "customer 4/2"),
        ("How satisfied are you with how we handled your complaint?", (1, 5), "customer 4/2"),
        ("csat", ("5 stars", "1 star"), "customer 4/2"),
        ("csat", ("4/5", "1/5"), "customer 4/2"),
        ("CSAT in percent", ("20%", "85 %"), "customer 70/40"),
        ("Customer Satisfaction", (1, 4, 5), "customer 4/2"),
        ("Zufriedenheit der Kunden", (1, 4, 5), "customer 4/2"),
        ("Satisfaction des clients", (1, 4, 5), "customer 4/2"),
        ("Satisfacción del cliente (1 a 5)", (1, 4, 5), "customer 4/2"),
        ("Klanttevredenheid", (1, 4, 5), "customer 4/2"),
        ("Satisfação do cliente", (1, 4, 5), "customer 4/2"),
        ("Kundenzufriedenheit", (1, 4, 5), "customer 4/2"),
        ("Rating", (1, 10), "customer 7/4"),
        ("Satisfaction (1-7)", (2, 5), "customer 5/3"),
        ("NPS", (0, 9, 10), "customer 9/6"),
        (
            "How likely are you to recommend us?",
            ("0 - Not at all likely", "5", "7", "10 - Extremely likely"),
            "customer 9/6",
        ),
        ("csat", ("1 - Very dissatisfied", "2", "3", "4", "5 - Very satisfied"), "customer 4/2"),
        ("csat", ("2", "3", "5 - Very satisfied", "N/A"), "customer 4/2"),
        ("Zufriedenheit", ("1 - Sehr unzufrieden", "3", "5 - Sehr zufrieden"), "customer 4/2"),
        ("How likely are you to recommend us?", (3, 9), "customer 9/6"),
        ("CSAT in percent", (20, 85, 100), "customer 70/40"),
        ("participants[role=agent].csat", (1, 4, 5), "salesperson 4/2"),
        ("participants[role=support agent].nps", (0, 9, 10), "salesperson 9/6"),
        ("participants[role=customer].csat", (1, 4, 5), "customer 4/2"),
        ("participants[type=client].rating", (1, 4, 5), "customer 4/2"),
        ("answers[question=How satisfied are you with your agent?].value", (1, 5), "customer 4/2"),
        ("Staff: how did it go for you (1-10)", (2, 5), "salesperson 7/4"),
        ("How satisfied are you with the wait time?", (2, 5), "customer 4/2"),
    ],
)
def test_numbers_are_a_scale_where_values_and_name_say_so(
    name: str, values: Sequence[object], taken: str
) -> None:
    assert fact(name, *values) == taken


@pytest.mark.parametrize(
    ("name", "values", "taken"),
    [
        ("customer", SATISFACTION, "customer Very satisfied / Dissatisfied"),
        ("customer", ("Satisfied", "Dissatisfied"), "customer Satisfied / Dissatisfied"),
        ("rep", ("1 - Not at all", "Agree"), "salesperson Agree / 1 - Not at all"),
        ("customer", ("not bad", "not unhappy", "bad"), "customer not bad, not unhappy / bad"),
        ("customer", ("win", "loss", "draw", "no decision"), "customer win / loss"),
        ("customer", ("Closed Won", "Closed Lost", "Open"), "customer Closed Won / Closed Lost"),
        ("Deal stage", ("Won", "Lost", "Proposal"), "organization Won / Lost"),
        (
            "Stage",
            ("Closed - Won", "Closed/Won", "Closed - Lost", "7 - Negotiation"),
            "organization Closed - Won, Closed/Won / Closed - Lost",
        ),
        ("Was your issue resolved?", ("Yes", "No", "Partly"), "customer Yes / No"),
        ("Wie zufrieden sind Sie?", ("Zufrieden", "Teils/teils"), "customer Zufrieden /"),
        (
            "Êtes-vous satisfait ?",
            ("Satisfait", "Peu satisfait"),
            "customer Satisfait / Peu satisfait",
        ),
        ("¿Está satisfecho?", ("Sí", "No"), "customer Sí / No"),
        ("Hoe tevreden bent u?", ("Tevreden", "Ontevreden"), "customer Tevreden / Ontevreden"),
        ("Está satisfeito?", ("Satisfeito", "Insatisfeito"), "customer Satisfeito / Insatisfeito"),
        ("How satisfied are you with your advisor?", ("Satisfied",), "customer Satisfied /"),
        ("Advisor: how did it go for you?", ("Badly", "Well"), "salesperson Well / Badly"),
        ("How did the call go for you (agent)?", ("Bad", "Good"), "salesperson Good / Bad"),
        ("Agent: proud of it?", ("Agree", "Disagree"), "salesperson_feels_good Agree / Disagree"),
        ("customer", ("won", "lost", "unknown"), "customer"),
        ("csat", ("👍", "👎🏽", "👍🏿"), "customer 👍, 👍🏿 / 👎🏽"),
        ("csat", ("😀", "😐", "😡"), "customer 😀 / 😡"),
        (
            "Klanttevredenheid",
            ("Zeer tevreden", "Gaat wel", "Ontevreden"),
            "customer Zeer tevreden / Ontevreden",
        ),
        ("Rating", ("★★★★☆", "★☆☆☆☆", "★★★☆☆"), "customer ★★★★☆ / ★☆☆☆☆"),
        ("Rating", ("⭐⭐⭐⭐", "⭐⭐⭐", "⭐"), "customer ⭐⭐⭐⭐ / ⭐"),
        ("Sales rep happy?", ("yes", "no", "maybe"), "salesperson yes / no"),
        ("Verkäufer zufrieden?", ("Ja", "Nein"), "salesperson Ja / Nein"),
        ("Customer happy?", ("yes", "no", "maybe"), "customer yes / no"),
    ],
)
def test_words_are_a_scale_as_a_whole(name: str, values: Sequence[object], taken: str) -> None:
    found = fact(name, *values)
    assert found.startswith(taken) if taken.endswith("/") else found == taken


@pytest.mark.parametrize("scale", scales(), ids=lambda each: f"{each.language} {each.name}")
def test_every_scale_is_recognised_by_its_words(scale: object) -> None:
    words = list(scale.ends)  # type: ignore[attr-defined]
    answers = recognised(words, [scale.kind])  # type: ignore[attr-defined]
    assert answers is not None
    for end in ENDS[::2]:
        expected = {word for word, of in scale.ends.items() if of == end}  # type: ignore[attr-defined]
        assert expected - not_recorded() <= {*getattr(answers, end)} | not_recorded()
        assert expected


WITH_A_MIDDLE = [scale for scale in scales() if scale.kind != DEAL]  # an open deal has any stage


@given(st.sampled_from(WITH_A_MIDDLE), st.data(), st.text(min_size=1))
def test_a_word_more_and_it_is_no_scale(scale: object, data: st.DataObject, other: str) -> None:
    words = data.draw(st.lists(st.sampled_from(sorted(scale.ends)), min_size=1, unique=True))  # type: ignore[attr-defined]
    known = {word for each in scales() for word in each.ends} | not_recorded()
    if told(other) not in known:
        assert recognised([*words, other], [scale.kind]) is None  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("values", "formats", "candidates"),
    [
        (["2026-11-20", "2026-11-20T10:00:00Z"], [], []),
        (["2026/11/20 9:05:11 AM GMT+1"], [], []),
        (["Nov 23, 2026", "23-Nov-26"], [], []),
        (["20261123"], [], []),
        (["11/20/2026", "01/02/2026"], ["%m/%d/%Y"], []),
        (["20/11/2026 14:05", "01/02/2026 09:00"], ["%d/%m/%Y %H:%M"], []),
        (["11/20/2026 09:01:02 AM"], ["%m/%d/%Y %I:%M:%S %p"], []),
        (["01.02.2026"], ["%d.%m.%Y"], []),
        (["03/04/2026"], [], [["%d/%m/%Y"], ["%m/%d/%Y"]]),
        (["26/11/23"], [], [["%d/%m/%y"], ["%y/%m/%d"]]),
        (["26/11/23", "13/11/26"], ["%d/%m/%y"], []),
        (["23/11/2026 à 14h05"], ["%d/%m/%Y à %Hh%M"], []),
        (["Mo., 23.11.2026", "Di., 24.11.2026"], ["%a, %d.%m.%Y"], []),
        (["23.11.2026 um 14:05 Uhr"], ["%d.%m.%Y um %H:%M Uhr"], []),
        (["11/20/2026 9:05\u202fAM"], ["%m/%d/%Y %I:%M %p"], []),
        (["20/11/2026", "11/20/2026"], ["%d/%m/%Y", "%m/%d/%Y"], []),
        (["20/11/2026", "11/20/2026", "03/04/2026"], [], [["%d/%m/%Y"], ["%m/%d/%Y"]]),
        (["23.11.2026", "11/20/2026"], ["%d.%m.%Y", "%m/%d/%Y"], []),
        (
            ["23.11.2026", "03/04/2026"],
            ["%d.%m.%Y"],
            [["%d.%m.%Y", "%d/%m/%Y"], ["%d.%m.%Y", "%m/%d/%Y"]],
        ),
        (["23.11.2026", "1795424711", "2026-11-23", "N/A"], ["%d.%m.%Y", "epoch seconds"], []),
        (["1764000000"], ["epoch seconds"], []),
        (["1764000000000"], ["epoch milliseconds"], []),
        (["1764000000.0"], ["epoch seconds"], []),
        (["1764000000000", "1764000000", "N/A"], ["epoch milliseconds", "epoch seconds"], []),
    ],
)
def test_the_format_of_dates_is_known_from_the_values_or_asked_for(
    values: list[str], formats: list[str], candidates: list[list[str]]
) -> None:
    [column] = columns_of([{"date": value} for value in values])
    dates = dates_of(column)
    assert dates is not None
    assert (sorted(dates.formats), sorted(dates.candidates)) == (formats, candidates)


@pytest.mark.parametrize(
    "values",
    [
        ["Monday"],
        ["13/20/2026"],
        ["31/02/2026"],
        ["20.11.2026", "soon", "later"],
        ["7"],
        ["2026", "1999"],
    ],
)
def test_what_is_no_date_is_none(values: list[str]) -> None:
    [column] = columns_of([{"date": value} for value in values])
    assert dates_of(column) is None


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("How satisfied are you with the ironing of your shirts?", SATISFACTION),
        ("Satisfaction with the ironing", SATISFACTION),
        ("csat", ["Very satisfied", "Over the moon", "Satisfied", "Dissatisfied"]),
    ],
)
def test_what_is_nearly_understood_is_proposed(name: str, values: list[str]) -> None:
    columns = columns_of([{name: value} for value in values])
    guesses = guessed(columns)
    assert (guesses.entries, [*guesses.rivals]) == ({}, ["customer"])
    assert "# 1 column may be customer: choose one below.\n" in draft(columns, "x.csv")


def test_columns_that_compete_are_both_written_and_none_is_chosen() -> None:
    columns = columns_of([{"csat": 5, "nps": 9}, {"csat": 1, "nps": 2}])
    guesses = guessed(columns)
    assert (guesses.entries, list(guesses.rivals)) == ({}, ["customer"])
    text = draft(columns, "x.csv")
    assert "# 2 columns may be customer: choose one below.\n" in text
    assert "# No fact is mapped yet: every row will be undetermined until a column" in text
    assert "No fact was found" not in text
    assert "Map a fact like this" not in text
    assert "#   column: csat\n" in text
    assert "#   column: nps\n" in text


def test_a_score_has_no_rival_in_the_group_that_it_falls_into() -> None:
    guesses = of(NPS_NPS_GROUP=["Promoter", "Detractor"], NPS=["9", "2"])
    assert guesses.entries["customer"].columns[0].name == "NPS"
    assert not guesses.rivals
    alone = of(Q1_NPS_GROUP=["Promoter", "Detractor"], Q1=["9", "2"])
    assert alone.entries["customer"].columns[0].name == "Q1_NPS_GROUP"


def test_a_column_of_the_very_name_of_a_fact_has_no_rival() -> None:
    guesses = of(customer=["won", "lost"], csat=[5, 1])
    assert [column.name for column in guesses.entries["customer"].columns] == ["customer"]


def test_a_draft_says_which_dates_stay_unread() -> None:
    text = draft(columns_of([{"date": day} for day in ("23.11.2026", "1.2.2026", "soon")]), "x")
    assert 'date: {column: date, format: "%d.%m.%Y"}\n' in text
    assert "\n# not read: 'soon'. Add a format for them, or correct them.\n" in text
    text = draft(columns_of([{"date": f"{day}/2026"} for day in ("20/11", "11/20", "3/4")]), "x")
    for order, left_out in (("%d/%m/%Y", "11/20/2026"), ("%m/%d/%Y", "20/11/2026")):
        assert f"# date: {{column: date, format: \"{order}\"}}\n# not read: '{left_out}'" in text


def test_a_time_that_may_be_read_in_two_ways_is_asked_for() -> None:
    text = draft(columns_of([{"customer_won_at": "03/04/2026", "customer": "won"}]), "x.csv")
    assert "# The dates of customer_won_at may be read in two ways: choose one below.\n" in text
    assert '# customer_won_at: {column: customer_won_at, format: "%d/%m/%Y"}\n' in text


def test_ambiguous_dates_are_asked_for() -> None:
    text = draft(columns_of([{"date": "03/04/2026", "customer": "won"}]), "x.csv")
    assert '# date: {column: date, format: "%d/%m/%Y"}\n' in text
    assert '# date: {column: date, format: "%m/%d/%Y"}\n' in text
    assert "\ndate:" not in text


@pytest.mark.parametrize(
    ("columns", "said"),
    [
        ({"town": ["Bonn"]}, "No fact was found: every row will be undetermined until"),
        ({"customer": ["won"]}, "Only the customer's side is recorded: every row will be undeter"),
        ({"salesperson": ["won"]}, "Only the salesperson's side is recorded"),
        ({"organization": ["won"]}, "Neither the customer's side nor the salesperson's is"),
        ({"customer": ["won"], "salesperson": ["won"]}, "Both sides are recorded"),
    ],
)
def test_the_head_says_what_will_come_out(columns: dict[str, list[str]], said: str) -> None:
    [line] = outcome(of(**columns))
    assert line.startswith(said)


def test_a_side_that_can_be_chosen_needs_no_join() -> None:
    said = [*outcome(of(salesperson=["won", "lost"], csat=[5, 1], nps=[9, 2]))]
    assert said[0].endswith("until the customer's side is chosen below.")


IDS = ["Vorgang", "Vorgangsnummer", "N°_ticket", "Numéro", "Caso", "Zaak", "Chamado", "Protocolo"]


@pytest.mark.parametrize("name", IDS)
def test_an_id_is_known_by_its_name_in_any_language(name: str) -> None:
    assert [*of(**{name: ["A1", "A2"]}).entries] == ["id"]


def test_fields_beside_the_facts_need_fitting_values() -> None:
    guesses = of(
        id=["7", "7"],
        agent=["Kim", "won"],
        date=["soon", "later"],
        rep=["Kim", "Lee"],
        deal_id=["1", "2"],
        customer_id=["8", "9"],
    )
    found = {field: entry.columns[0].name for field, entry in guesses.entries.items()}
    assert found == {"id": "deal_id", "employee": "rep"}


@pytest.mark.parametrize("export", exports(), ids=lambda export: export.name)
def test_every_export_is_known_by_its_columns(export: object) -> None:
    for signature in [*export.signatures] or [export.first]:  # type: ignore[attr-defined]
        found = export_of(columns_of([dict.fromkeys(sorted(signature), "x")]))
        assert found is not None
        assert signature <= {*found.first} or signature in found.signatures


ZENDESK = """\
Ticket ID,Ticket created - Date,Assignee name,Ticket channel,Ticket satisfaction rating,Ticket status
11,2026-11-20,Kim,Email,Good,Solved
12,2026-11-21,Lee,Web,Bad,Solved
13,2026-11-22,Lee,Web,Offered,Open
"""
HUBSPOT = """\
Record ID,Deal Name,Deal Stage,Deal owner,Close Date,Is Closed Won,Is closed lost
901,Boiler,Closed Won,Kim,2026-11-20 14:05,true,false
902,Pump,Closed Lost,Lee,2026-11-21 09:00,false,true
903,Valve,Appointment Scheduled,Lee,,false,false
"""
OPPORTUNITIES = """\
Opportunity ID,Opportunity Name,Opportunity Owner,Stage,Close Date
006A,Boiler,Kim,Closed Won,2026-11-20
006B,Pump,Lee,Closed Lost,2026-11-21
006C,Valve,Lee,Prospecting,2026-12-21
"""
FLAGS = "id,closed,won,csat\n1,true,true,5\n2,true,false,2\n3,false,false,\n"
FORMS = """\
Timestamp,Email Address,How happy are you with the service?,How did the call go for you (agent)?
2026/11/20 9:05:11 AM GMT+1,a@example.com,4,Good
2026/11/20 10:05:11 AM GMT+1,b@example.com,2,Bad
"""
DATES = "id,Closed,customer,rep\n1,11/20/2026,won,lost\n2,01/02/2026,lost,won\n"
SALESFORCE = """\
"Opportunity Owner","Opportunity Name","Stage","Close Date","Won","Closed","Opportunity ID"
"Kim","Boiler","Closed Won","2026-11-20","1","1","006A"
"Lee","Pump","Closed Lost","2026-11-21","0","1","006B"
"""
ACCENTS = "id,customer,Verkäufer\n1,Très satisfait,Zoé\n2,Insatisfait,Bjørn\n"
WORDS = "id,customer,rep\n1,Strongly agree,Agree\n2,5 - Very likely,1 - Not at all\n3,Neutral,N/A\n"
FIXTURES = {
    "zendesk": ZENDESK,
    "hubspot": HUBSPOT,
    "opportunities": OPPORTUNITIES,
    "flags": FLAGS,
    "forms": FORMS,
    "salesforce": SALESFORCE,
    "dates": DATES,
    "accents": ACCENTS,
    "words": WORDS,
}


@pytest.mark.parametrize("name", FIXTURES)
def test_what_map_writes_batch_accepts(run: Run, tmp_path: Path, name: str) -> None:
    (tmp_path / "t.csv").write_text(FIXTURES[name])
    assert run("map", "t.csv", "m.yaml", cwd=tmp_path).code == 0
    load_mapping(str(tmp_path / "m.yaml"))
    done = run("batch", "t.csv", "--map", "m.yaml", cwd=tmp_path)
    assert done.code == 0
    assert f"{FIXTURES[name].count(chr(10)) - 1} interactions judged" in done.out


@pytest.mark.parametrize("example", ["examples/survey.csv", "examples/week.yaml"])
def test_batch_accepts_the_draft_of_every_example(run: Run, tmp_path: Path, example: str) -> None:
    assert run("map", example, tmp_path / "m.yaml").code == 0
    assert run("batch", example, "--map", tmp_path / "m.yaml", "-q").code == 0


def test_map_says_which_export_it_took_a_table_for(run: Run, tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text(ZENDESK)
    done = run("map", "t.csv", "m.yaml", cwd=tmp_path)
    assert done.err.startswith(
        "taken for: Zendesk tickets export\n"
        "Wrote m.yaml. Next: winwinwin batch t.csv --map m.yaml\n"
    )
    written = yaml.safe_load((tmp_path / "m.yaml").read_text())
    assert written == {
        "id": "Ticket ID",
        "date": "Ticket created - Date",
        "employee": "Assignee name",
        "channel": "Ticket channel",
        "customer": {"column": "Ticket satisfaction rating", "won": ["Good"], "lost": ["Bad"]},
    }


def test_a_deal_is_lost_only_where_it_is_closed_and_not_won() -> None:
    [*rows] = csv.DictReader(FLAGS.splitlines())
    entry = guessed(columns_of(rows)).entries["organization"]
    assert entry.conditions == {
        "won": [{"won": ["true"]}],
        "lost": [{"closed": ["true"], "won": ["false"]}],
    }


def test_an_export_of_a_maker_comes_before_one_of_any_maker() -> None:
    found = export_of(columns_of([*csv.DictReader(SALESFORCE.splitlines())]))
    assert found is not None
    assert found.name == "Salesforce opportunities report"


def test_comments_keep_the_letters_of_the_table(run: Run, tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text(ACCENTS)
    drafted = run("map", "t.csv", cwd=tmp_path).out
    assert "  won: [Très satisfait]\n" in drafted
    assert "employee: Verkäufer\n# 'Bjørn', 'Zoé'\n" in drafted


def test_a_table_of_a_database_is_drafted_like_a_file(run: Run, tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text(ZENDESK)
    with_engine = ibis.duckdb.connect(tmp_path / "crm.db")
    with_engine.raw_sql(f"CREATE TABLE t AS FROM read_csv('{tmp_path}/t.csv', all_varchar=true)")
    with_engine.disconnect()
    of_file = run("map", "t.csv", cwd=tmp_path)
    of_table = run("map", "--connect", "duckdb://crm.db", "--table", "t", "m.yaml", cwd=tmp_path)
    assert of_table.code == 0
    assert "winwinwin batch --connect URL --table t --map m.yaml" in of_table.err
    assert (tmp_path / "m.yaml").read_text() == of_file.out.replace("of t.csv", "of t")


VALUES = st.sampled_from(["1", "2.0", "-3", "1e3", "4.5", "won", "", " 7 ", "Très", "2026-11-20"])


@settings(deadline=None)  # the first run starts an engine
@given(st.lists(st.fixed_dictionaries({"a": st.none() | VALUES, "b": VALUES}), min_size=1))
def test_columns_of_a_table_and_of_records_agree(rows: list[dict[str, str | None]]) -> None:
    table = ibis.memtable(rows, schema={"a": "string", "b": "string"})
    assert columns_of_table(table) == sorted(columns_of(rows), key=lambda column: column.name)


def test_a_draft_of_records_with_every_json_value(run: Run, tmp_path: Path) -> None:
    rows = [
        {"satisfaction_rating": {"score": score}, "assignee_id": 7} for score in ("good", "bad")
    ]
    (tmp_path / "t.jsonl").write_text("".join(f"{json.dumps(row)}\n" for row in rows))
    done = run("map", "t.jsonl", cwd=tmp_path)
    assert done.err == "taken for: Zendesk tickets export\n"
    assert '  column: "satisfaction_rating.score"\n' in done.out
    assert "  won: [good]\n  lost: [bad]\n" in done.out


def test_of_a_long_text_only_the_beginning_is_looked_at() -> None:
    mail = "good " * 100_000
    for columns in (columns_of([{"a": mail}]), columns_of_table(ibis.memtable({"a": [mail]}))):
        assert [len(value) for value in columns[0].values] == [1_000]
    [known, other] = columns_of([{"a": "Good", "b": mail}, {"a": "Bad", "b": "Good"}])
    assert recognised(known.values, {"opinion"})
    assert not recognised(other.values, {"opinion"})
