"""The exports of common makers: their columns in several languages, and values that are not theirs."""

from collections.abc import Sequence

import pytest

from winwinwin.mapping.drafting import columns_of
from winwinwin.mapping.drafting.exports import Export, export_of, exports
from winwinwin.mapping.drafting.guessing import Guesses, guessed
from winwinwin.mapping.drafting.writing import outcome, written

DEALS = [
    ("HubSpot", "Datensatz-ID;Deal-Name;Deal-Phase;Abschlussdatum;Zuständiger Mitarbeiter", "Abgeschlossen und gewonnen", "Abgeschlossen und verloren", "Termin vereinbart"),
    ("HubSpot", "ID de fiche d'informations;Nom de la transaction;Phase de la transaction;Date de fermeture;Propriétaire de la transaction", "Fermé gagné", "Fermé perdu", "Contrat envoyé"),
    ("HubSpot", "ID de registro;Nombre del negocio;Etapa del negocio;Fecha de cierre;Propietario del negocio", "Cierre ganado", "Cierre perdido", "Contrato enviado"),
    ("HubSpot", "Record-ID;Dealnaam;Dealfase;Sluitingsdatum;Dealeigenaar", "Gesloten en gewonnen", "Gesloten en verloren", "Afspraak gepland"),
    ("HubSpot", "ID do registro;Nome do negócio;Etapa do negócio;Data de fechamento;Proprietário do negócio", "Negócio fechado", "Negócio perdido", "Contrato enviado"),
    ("HubSpot", "Record ID;Deal Name;Deal Stage;Close Date;Deal owner", "Closed won (Sales (EU))", "Closed lost (Sales (EU))", "Talks (Sales (EU))"),
    ("HubSpot", "Record ID;Deal Name;Deal Stage;Close Date;Deal owner", "Closed won (Sales Pipeline)", "Closed lost (Renewals)", "Legal (Renewals)"),
    ("Salesforce opp", "Opportunity-ID;Opportunity-Name;Phase;Schlusstermin;Opportunity-Inhaber", "Geschlossen und gewonnen", "Geschlossen und verloren", "Verhandlung/Prüfung"),
    ("Salesforce opp", "ID de l'opportunité;Nom de l'opportunité;Étape;Date de clôture;Propriétaire de l'opportunité", "Fermée gagnée", "Fermée perdue", "Négociation"),
    ("Salesforce opp", "ID de oportunidad;Nombre de la oportunidad;Etapa;Fecha de cierre;Propietario de oportunidad", "Cerrada ganada", "Cerrada perdida", "Negociación"),
    ("Salesforce opp", "Opportunity ID;Opportunitynaam;Fase;Sluitingsdatum;Opportunity-eigenaar", "Gesloten gewonnen", "Gesloten verloren", "Onderhandeling"),
    ("Salesforce opp", "ID da oportunidade;Nome da oportunidade;Fase;Data de fechamento;Proprietário da oportunidade", "Fechado e ganho", "Fechado e perdido", "Negociação"),
    ("Pipedrive", "Deal - ID;Deal - Titel;Deal - Status;Deal - Deal abgeschlossen am;Deal - Besitzer", "Gewonnen", "Verloren", "Gelöscht"),
    ("Pipedrive", "Affaire - ID;Affaire - Titre;Affaire - Statut;Affaire - Affaire conclue le;Affaire - Propriétaire", "Gagné", "Perdu", "Ouvert"),
    ("Pipedrive", "Trato - ID;Trato - Título;Trato - Estado;Trato - Trato cerrado el;Trato - Propietario", "Ganado", "Perdido", "Abierto"),
    ("Pipedrive", "Deal - ID;Deal - Titel;Deal - Status;Deal - Deal gesloten op;Deal - Eigenaar", "Gewonnen", "Verloren", "Open"),
    ("Pipedrive", "Negócio - ID;Negócio - Título;Negócio - Status;Negócio - Negócio fechado em;Negócio - Proprietário", "Ganho", "Perdido", "Aberto"),
]  # fmt: skip
"""A maker, its columns for id, title, stage, date and owner, and how deals are won, lost and open."""


def of(columns: str, *rows: Sequence[object]) -> Guesses:
    names = columns.split(";")
    return guessed(columns_of([dict(zip(names, row, strict=True)) for row in rows]))


@pytest.mark.parametrize(("maker", "columns", "won", "lost", "neither"), DEALS)
def test_deals_are_known_in_every_language(
    maker: str, columns: str, won: str, lost: str, neither: str
) -> None:
    guesses = of(
        columns,
        ("41", "Boiler", won, "20.11.2026", "Kim"),
        ("42", "Pump", lost, "21.11.2026", "Lee"),
        ("43", "Valve", neither, "", "Lee"),
    )
    assert guesses.export is not None
    assert guesses.export.name.startswith(maker)
    names = columns.split(";")
    found = {field: entry.columns[0].name for field, entry in guesses.entries.items()}
    place = {"id": 0, "organization": 2, "date": 3, "employee": 4}
    assert found == {field: names[number] for field, number in place.items()}
    books = guesses.entries["organization"]
    assert dict(books.listed) == {"won": [won], "lost": [lost]}
    assert books.unlisted == (neither,)


RATED = [
    ("Zendesk", "Ticket ID;Assignee name;Ticket satisfaction rating", "Good", "Bad", "Unoffered"),
    ("Zendesk", "Ticket ID;Assignee;Satisfaction rating", 5, 2, 3),
    ("Zendesk", "Ticket-ID;Beauftragter;Zufriedenheitsbewertung", "Gut mit Kommentar", "Schlecht", "Nicht angeboten"),
    ("Zendesk", "ID du ticket;Assigné;Évaluation de la satisfaction", "Bonne", "Mauvaise", "Non proposée"),
    ("Zendesk", "ID de ticket;Agente asignado;Calificación de satisfacción", "Buena", "Mala", "Ofrecida"),
    ("Zendesk", "Ticket-ID;Toegewezen medewerker;Tevredenheidsbeoordeling", "Goed", "Slecht met opmerking", "Aangeboden"),
    ("Zendesk", "ID do ticket;Atribuído;Avaliação de satisfação", "Boa", "Ruim", "Oferecido"),
    ("Freshdesk", "Ticket ID;Agent;Survey results", "Very Happy", "Extremely Unhappy", "Neutral"),
    ("Freshdesk", "Ticket ID;Agent;Survey results", "Extremely satisfied", "Somewhat dissatisfied", "Neutral"),
    ("Freshdesk", "Ticket ID;Agent;Survey results", "Happy", "Bad", "Average"),
    ("Freshdesk", "Ticket-ID;Agent;Umfrageergebnisse", "Äußerst zufrieden", "Unzufrieden", "Neutral"),
    ("Freshdesk", "ID de ticket;Agente;Resultados de la encuesta", "Muy satisfecho", "Insatisfecho", "Neutral"),
    ("Intercom", "Conversation ID;Teammate assigned;Conversation rating", 5, 1, 3),
    ("Intercom", "Conversation ID;Teammate assigned;Conversation rating", "Amazing", "Terrible", "OK"),
    ("Intercom", "Conversation ID;Teammate assigned;Conversation rating", "🤩", "😠", "😐"),
    ("Intercom", "Conversation ID;Teammate assigned;Conversation rating", "Very good", "Poor", "Average"),
]  # fmt: skip
"""A maker, its columns for id, employee and rating, and a good, a bad and a neutral rating."""


@pytest.mark.parametrize(("maker", "columns", "good", "bad", "neutral"), RATED)
def test_ratings_of_a_maker_are_known_whatever_it_calls_them(
    maker: str, columns: str, good: object, bad: object, neutral: object
) -> None:
    guesses = of(columns, ("1", "Kim", good), ("2", "Lee", bad), ("3", "Lee", neutral))
    assert guesses.export is not None
    assert guesses.export.name.startswith(maker)
    customer = guesses.entries["customer"]
    if customer.cut:
        assert (customer.cut.low, customer.cut.high) == (1, 5)
    else:
        assert good in customer.listed["won"]
        assert bad in customer.listed["lost"]
        assert customer.unlisted == (neutral,)
    assert [guesses.entries[field].columns[0].name for field in ("id", "employee")] == (
        columns.split(";")[:2]
    )


def test_the_zone_of_a_column_of_times_may_be_any() -> None:
    for zone in ("UTC", "America/New_York", "GMT+1"):
        name = f"Conversation started at ({zone})"
        guesses = of(f"Conversation ID;{name};Channel", ("1", "2026-11-20 09:00:00", "Chat"))
        assert guesses.export is not None
        assert guesses.entries["date"].columns[0].name == name


@pytest.mark.parametrize("export", exports(), ids=lambda each: each.name)
def test_every_signature_is_its_makers(export: Export) -> None:
    for signature in export.signatures:
        found = export_of(columns_of([dict.fromkeys(sorted(signature), "x")]))
        assert found is not None
        assert found.name == export.name


def test_values_on_no_known_scale_are_asked_for() -> None:
    guesses = of("Ticket ID;Agent;Survey results", *(("1", "Kim", x) for x in ("Good", "Purple")))
    said = "The values of 'Survey results' are on no known scale: say below what they mean for"
    assert any(line.startswith(said) for line in outcome(guesses))
    asked = "# customer:\n#   column: Survey results\n#   won: [Good]\n#   lost: [VALUE]\n"
    text = written(guesses, "t.csv")
    assert asked in text
    assert text.count("'Purple'") == 1


def test_a_column_without_an_answer_yet_is_mapped_and_said_to_have_none() -> None:
    guesses = of("assignee_id;requester_id;satisfaction_rating", ("1", "2", "offered"))
    assert guesses.entries["customer"].listed["won"] == ["good", "good with comment"]
    said = "No row has customer yet: no value of 'satisfaction_rating' means won or lost."
    assert said in outcome(guesses)
    guesses = of("Ticket ID;Agent;Survey results", ("1", "Kim", None))
    assert "'Survey results', which would be customer, holds nothing." in outcome(guesses)


def test_brackets_are_passed_over_behind_stages_of_deals_only() -> None:
    for values in (("Good (old)", "Bad (old)"), ("won", "lost", "wun")):
        assert "salesperson" not in of("survey.staff", *((value,) for value in values)).entries
