"""The exports of common systems: known by their columns, in any order and in several languages."""

import csv
import json
from pathlib import Path

import pytest
from conftest import Run
from openpyxl import Workbook
from through import through

EXPLORE = """\
Ticket status,Assignee name,Ticket ID,Ticket solved - Date,Ticket channel,Ticket satisfaction rating
Solved,Kim,11,2026-11-20,Email,Good with comment
Solved,Lee,12,2026-11-21,Web,Bad
Open,Lee,13,,Web,Unoffered
"""
ZENDESK = """\
Summation column,Id,Requester,Assignee,Group,Status,Via,Created at,Solved at,Satisfaction Score
1,11,Lou,Kim,Support,Solved,Mail,2026-11-19 08:12,2026-11-20 10:30,Good
1,12,Ann,Lee,Support,Solved,Web form,2026-11-20 09:00,2026-11-21 17:45,Bad
1,13,Sam,Lee,Support,Open,Mail,2026-11-21 11:20,,Not Offered
"""
FRESHDESK = """\
Ticket ID,Status,Priority,Source,Agent,Created time,Resolved time,Resolution status,Survey results
11,Closed,Low,Email,Kim,2026-11-19 08:12:00,2026-11-20 10:30:00,Within SLA,Very Happy
12,Closed,High,Portal,Lee,2026-11-20 09:00:00,2026-11-21 17:45:00,SLA Violated,Extremely Unhappy
13,Open,Low,Email,Lee,2026-11-21 11:20:00,,Within SLA,Neutral
"""
INTERCOM = """\
Conversation ID,Conversation started at,Teammate assigned,Channel,Conversation rating,Conversation state
11,2026-11-20 09:00:00,Kim,Chat,5,closed
12,2026-11-21 09:00:00,Lee,Email,1,closed
13,2026-11-22 09:00:00,Lee,Email,,open
"""
HUBSPOT = """\
Deal Name,Deal owner,Close Date,Deal Stage,Record ID,Amount,Deal probability
Boiler,Kim,2026-11-20 14:05,Closed Won,901,1200,1
Pump,Lee,2026-11-21 09:00,Closed Lost,902,90,0
Valve,Lee,,Appointment Scheduled,903,,0.2
"""
HUBSPOT_CLOSED = """\
Record ID,Deal Name,Deal Stage,Deal owner,Close Date,Is Deal Closed?,Is Closed Won
901,Boiler,Contract signed,Kim,2026-11-20 14:05,true,true
902,Pump,Gone,Lee,2026-11-21 09:00,true,false
903,Valve,Talks,Lee,,false,false
"""
OPPORTUNITIES = """\
Opportunity ID;Opportunity Owner;Opportunity Name;Stage;Close Date;Closed;Won
006A;Kim;Boiler;Abgeschlossen;20.11.2026;true;true
006B;Lee;Pump;Weg;21.11.2026;true;false
006C;Lee;Valve;Angebot;21.12.2026;false;false

Copyright (c) 2000-2026 salesforce.com, inc. Alle Rechte vorbehalten.
"""
SOQL = """\
"Id","Name","StageName","CloseDate","OwnerId","IsClosed","IsWon"
"006A","Boiler","Closed Won","2026-11-20","005K","true","true"
"006B","Pump","Closed Lost","2026-11-21","005L","true","false"
"006C","Valve","Prospecting","2026-12-21","005L","false","false"
"""
CASES = """\
Case Number,Case Owner,Subject,Date/Time Opened,Date/Time Closed,Case Origin,Status,Age
00001026,Kim,Boiler,11/19/2026 8:12 AM,11/20/2026 10:30 AM,Email,Closed,1
00001027,Lee,Pump,11/20/2026 9:00 AM,11/21/2026 5:45 PM,Web,Closed,2
00001028,Lee,Valve,11/21/2026 9:00 AM,,Web,New,3
"""
PIPEDRIVE = """\
Deal - ID,Deal - Title,Deal - Status,Deal - Owner,Deal - Value,Deal - Deal closed on,Deal - Won time
41,Boiler,Won,Kim,1200,2026-11-20 14:05:00,2026-11-20 14:05:00
42,Pump,Lost,Lee,90,2026-11-21 09:00:00,
43,Valve,Open,Lee,300,,
"""
QUALTRICS = """\
StartDate,EndDate,Finished,RecordedDate,ResponseId,Q1,Q2
Start Date,End Date,Finished,Recorded Date,Response ID,How satisfied are you with your agent?,Agent: how did it go for you?
"{""ImportId"":""startDate""}","{""ImportId"":""endDate""}","{""ImportId"":""finished""}","{""ImportId"":""recordedDate""}","{""ImportId"":""_recordId""}","{""ImportId"":""QID1""}","{""ImportId"":""QID2_TEXT""}"
2026-11-20 09:00:00,2026-11-20 09:02:00,True,2026-11-20 09:02:01,R_1,Very satisfied,Very well
2026-11-20 10:00:00,2026-11-20 10:02:00,True,2026-11-20 10:02:01,R_2,Very dissatisfied,Not well at all
2026-11-20 11:00:00,2026-11-20 11:02:00,True,2026-11-20 11:02:01,R_3,Neither satisfied nor dissatisfied,Well
"""
MONKEY = """\
Respondent ID,Collector ID,Start Date,End Date,IP Address,How satisfied are you with our service?,Which of these apply?,,
,,,,,Response,Fast,Friendly,Other (please specify)
1180001,44,11/20/2026 09:01:02 AM,11/20/2026 09:05:00 AM,,Very satisfied,Fast,,
1180002,44,11/20/2026 10:01:02 AM,11/20/2026 10:05:00 AM,,Somewhat dissatisfied,,Friendly,
1180003,44,11/21/2026 10:01:02 AM,11/21/2026 10:05:00 AM,,Neither satisfied nor dissatisfied,,,late
"""
MONKEY_POINTS = """\
Respondent ID,Collector ID,Start Date,End Date,How satisfied are you?,How likely is it that you would recommend us?
,,,,,
1001,C1,2026-11-20,2026-11-20,4,9
1002,C1,2026-11-20,2026-11-20,2,3
1003,C1,2026-11-20,2026-11-20,3,7
"""
GOOGLE = """\
"Horodateur","Êtes-vous satisfait de notre service ?","Conseiller : comment cela s'est-il passé pour vous ?"
"2026/11/20 9:05:11 AM UTC+1","Très satisfait","Bien"
"2026/11/20 10:05:11 AM UTC+1","Pas satisfait","Bien"
"2026/11/20 11:05:11 AM UTC+1","Ni satisfait ni insatisfait","Mal"
"""
TYPEFORM = """\
#,How satisfied are you with our service?,Response Type,Start Date (UTC),Stage Date (UTC),Submit Date (UTC),Network ID,Tags
a1,5,completed,2026-11-20 09:01:02,,2026-11-20 09:05:00,65,
b2,1,completed,2026-11-20 10:01:02,,2026-11-20 10:05:00,7a,
c3,3,completed,2026-11-21 10:01:02,,2026-11-21 10:05:00,19,
"""
LIME = """\
"id";"submitdate";"lastpage";"startlanguage";"seed";"Wie zufrieden sind Sie mit dem Gespräch?";"interviewtime"
"1";"2026-11-20 09:05:00";"2";"de";"1180044";"Sehr zufrieden";"31.2"
"2";"2026-11-20 10:05:00";"2";"de";"1180045";"Eher unzufrieden";"45.1"
"3";"";"1";"de";"1180046";"";""
"""
OFFICE = """\
ID,Start time,Completion time,Email,Name,How satisfied are you with your visit?,How did the visit go for you (advisor)?
1,11/20/26 9:01:02,11/20/26 9:05:00,anonymous,,a. Very satisfied,b. Good
2,11/20/26 10:01:02,11/20/26 10:05:00,anonymous,,d. Dissatisfied,b. Good
3,11/21/26 10:01:02,11/21/26 10:05:00,anonymous,,c. Neutral,d. Poor
"""
OFFICE_GERMAN = """\
ID;Startzeit;Fertigstellungszeit;E-Mail;Name;Wie zufrieden sind Sie mit dem Besuch?
1;20.11.2026 09:01:02;20.11.2026 09:05:00;anonymous;;Sehr zufrieden
2;20.11.2026 10:01:02;20.11.2026 10:05:00;anonymous;;Unzufrieden
3;21.11.2026 10:01:02;21.11.2026 10:05:00;anonymous;;Weder zufrieden noch unzufrieden
"""
CUSTOMER = ["?/WIN/?", "?/LOSE/?", "?/?/?"]
BOOKS = ["?/?/?"] * 3
BOTH = ["WIN/WIN/WIN", "WIN/LOSE/LOSE", "LOSE/?/?"]

ID, DATE, EMPLOYEE, CHANNEL = "id", "date", "employee", "channel"
EXPORTS = {
    "explore": (
        EXPLORE, "Zendesk", CUSTOMER,
        {ID: "Ticket ID", DATE: "Ticket solved - Date", EMPLOYEE: "Assignee name", CHANNEL: "Ticket channel", "customer": "Ticket satisfaction rating"},
    ),
    "zendesk": (
        ZENDESK, "Zendesk", CUSTOMER,
        {ID: "Id", DATE: "Solved at", EMPLOYEE: "Assignee", CHANNEL: "Via", "customer": "Satisfaction Score"},
    ),
    "freshdesk": (
        FRESHDESK, "Freshdesk", CUSTOMER,
        {ID: "Ticket ID", DATE: "Resolved time", EMPLOYEE: "Agent", CHANNEL: "Source", "customer": "Survey results"},
    ),
    "intercom": (
        INTERCOM, "Intercom", CUSTOMER,
        {ID: "Conversation ID", DATE: "Conversation started at", EMPLOYEE: "Teammate assigned", CHANNEL: "Channel", "customer": "Conversation rating"},
    ),
    "intercom in utc": (
        INTERCOM.replace("started at", "started at (UTC)"), "Intercom", CUSTOMER,
        {ID: "Conversation ID", DATE: "Conversation started at (UTC)", EMPLOYEE: "Teammate assigned", CHANNEL: "Channel", "customer": "Conversation rating"},
    ),
    "hubspot": (
        HUBSPOT, "HubSpot", BOOKS,
        {ID: "Record ID", DATE: "Close Date", EMPLOYEE: "Deal owner", "organization": "Deal Stage"},
    ),
    "hubspot closed": (
        HUBSPOT_CLOSED, "HubSpot", BOOKS,
        {ID: "Record ID", DATE: "Close Date", EMPLOYEE: "Deal owner", "organization": "Is Closed Won"},
    ),
    "opportunities": (
        OPPORTUNITIES, "Salesforce opportunities", BOOKS,
        {ID: "Opportunity ID", DATE: "Close Date", EMPLOYEE: "Opportunity Owner", "organization": "Won"},
    ),
    "soql": (
        SOQL, "Salesforce opportunities", BOOKS,
        {ID: "Id", DATE: "CloseDate", EMPLOYEE: "OwnerId", "organization": "IsWon"},
    ),
    "pipedrive": (
        PIPEDRIVE, "Pipedrive", BOOKS,
        {ID: "Deal - ID", DATE: "Deal - Deal closed on", EMPLOYEE: "Deal - Owner", "organization": "Deal - Status"},
    ),
    "qualtrics": (
        QUALTRICS, "Qualtrics", ["WIN/WIN/WIN", "LOSE/LOSE/?", "WIN/?/?"],
        {ID: "ResponseId", DATE: "RecordedDate", "customer": "Q1", "salesperson": "Q2"},
    ),
    "surveymonkey": (
        MONKEY, "SurveyMonkey", CUSTOMER,
        {ID: "Respondent ID", DATE: "End Date", "customer": "How satisfied are you with our service?"},
    ),
    "google": (
        GOOGLE, "Google Forms", BOTH,
        {DATE: "Horodateur", "salesperson": "Conseiller : comment cela s'est-il passé pour vous ?", "customer": "Êtes-vous satisfait de notre service ?"},
    ),
    "typeform": (
        TYPEFORM, "Typeform", CUSTOMER,
        {ID: "#", DATE: "Submit Date (UTC)", "customer": "How satisfied are you with our service?"},
    ),
    "limesurvey": (
        LIME, "LimeSurvey", CUSTOMER,
        {ID: "id", DATE: "submitdate", "customer": "Wie zufrieden sind Sie mit dem Gespräch?"},
    ),
    "office": (
        OFFICE, "Microsoft Forms", BOTH,
        {ID: "ID", DATE: "Completion time", "salesperson": "How did the visit go for you (advisor)?", "customer": "How satisfied are you with your visit?"},
    ),
    "german office": (
        OFFICE_GERMAN, "Microsoft Forms", CUSTOMER,
        {ID: "ID", DATE: "Fertigstellungszeit", "customer": "Wie zufrieden sind Sie mit dem Besuch?"},
    ),
}  # fmt: skip
"""The text of each, its maker, what comes out, and the column of each field."""


@pytest.mark.parametrize("name", EXPORTS)
def test_a_known_export_needs_no_editing(run: Run, tmp_path: Path, name: str) -> None:
    text, maker, triples, columns = EXPORTS[name]
    (tmp_path / "t.csv").write_text(text, encoding="utf-8")
    got = through(run, tmp_path, "t.csv")
    assert f"taken for: {maker}" in got.map_said
    assert got.columns == columns
    assert got.triples == triples


@pytest.mark.parametrize("name", [name for name in EXPORTS if EXPORTS[name][2] is BOOKS])
def test_the_books_know_won_lost_and_open_deals(run: Run, tmp_path: Path, name: str) -> None:
    (tmp_path / "t.csv").write_text(EXPORTS[name][0], encoding="utf-8")
    got = through(run, tmp_path, "t.csv")
    assert "organization: 1 x " in got.batch_said
    shown = {"id": got.mapping["id"], "salesperson": got.mapping["organization"]}  # in the triple
    (tmp_path / "m.json").write_text(json.dumps(shown))
    done = run("batch", "t.csv", "--map", "m.json", "-q", "--format", "jsonl", cwd=tmp_path)
    triples = [json.loads(line)["triple"] for line in done.out.splitlines()]
    assert triples == ["WIN/?/?", "LOSE/?/?", "?/?/?"]


def test_books_alone_say_that_both_sides_are_missing(run: Run, tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text(HUBSPOT)
    head = through(run, tmp_path, "t.csv").head
    assert "Neither the customer's side nor the salesperson's is recorded" in head


def test_an_export_with_no_side_at_all_is_known_all_the_same(run: Run, tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text(CASES)
    done = run("map", "t.csv", "draft.yaml", cwd=tmp_path)
    assert "taken for: Salesforce cases" in done.err
    draft = (tmp_path / "draft.yaml").read_text()
    assert "id: Case Number" in draft
    assert "No fact was found" in draft


def test_where_two_questions_fit_both_are_written_down(run: Run, tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text(MONKEY_POINTS)
    done = run("map", "t.csv", "draft.yaml", cwd=tmp_path)
    assert "taken for: SurveyMonkey" in done.err
    draft = (tmp_path / "draft.yaml").read_text()
    assert "# Which column is customer? Uncomment one:" in draft
    assert "2 columns may be customer" in draft


def written(folder: Path, text: str, form: str) -> str:
    """Write the rows of an export in another form, and return the file's name."""
    delimiter = ";" if ";" in text.partition("\n")[0] else ","
    rows = [*csv.reader(text.splitlines(), delimiter=delimiter)]
    if form == "xlsx":
        book = Workbook()
        for row in rows:
            book.active.append(row)
        book.save(folder / "t.xlsx")
    elif form == "tsv":
        with (folder / "t.tsv").open("w", newline="", encoding="utf-8") as file:
            csv.writer(file, delimiter="\t").writerows(rows)
    else:
        (folder / "t.csv").write_text(text, encoding=form)
    return f"t.{form if form in ('xlsx', 'tsv') else 'csv'}"


@pytest.mark.parametrize("name", EXPORTS)
@pytest.mark.parametrize("form", ["xlsx", "tsv", "utf-16", "utf-8-sig"])
def test_the_form_of_the_file_makes_no_difference(
    run: Run, tmp_path: Path, name: str, form: str
) -> None:
    text, maker, triples, columns = EXPORTS[name]
    got = through(run, tmp_path, written(tmp_path, text, form))
    assert f"taken for: {maker}" in got.map_said
    assert (got.columns, got.triples) == (columns, triples)


def test_a_workbook_of_qualtrics_has_one_row_of_questions(run: Run, tmp_path: Path) -> None:
    first, second, _ids, *rest = QUALTRICS.splitlines()
    got = through(run, tmp_path, written(tmp_path, "\n".join([first, second, *rest]), "xlsx"))
    assert "1 row of Qualtrics below the names of the columns passed over" in got.map_said
    assert (got.triples, got.columns) == EXPORTS["qualtrics"][2:]


SINCE = "2026-11-20T09:00:00Z"
APIS = {
    "Zendesk": (
        {"tickets": [
            {"id": 11, "assignee_id": 5, "requester_id": 3, "created_at": SINCE, "via": {"channel": "email"}, "satisfaction_rating": {"score": "good"}},
            {"id": 12, "assignee_id": 6, "requester_id": 4, "created_at": SINCE, "via": {"channel": "web"}, "satisfaction_rating": {"score": "bad"}},
            {"id": 13, "assignee_id": 6, "requester_id": 4, "created_at": SINCE, "via": {"channel": "web"}, "satisfaction_rating": {"score": "offered"}},
        ], "next_page": None, "count": 3},
        CUSTOMER,
        {ID: "id", DATE: "created_at", EMPLOYEE: "assignee_id", CHANNEL: "via.channel", "customer": "satisfaction_rating.score"},
    ),
    "Intercom": (
        {"type": "conversation.list", "conversations": [
            {"id": "1", "created_at": 1795170000, "admin_assignee_id": 5, "source": {"type": "email"}, "conversation_rating": {"rating": 5}},
            {"id": "2", "created_at": 1795256400, "admin_assignee_id": 6, "source": {"type": "email"}, "conversation_rating": {"rating": 2}},
            {"id": "3", "created_at": 1795342800, "admin_assignee_id": 6, "source": {"type": "email"}, "conversation_rating": None},
        ], "pages": {"next": None}},
        CUSTOMER,
        {ID: "id", DATE: "created_at", EMPLOYEE: "admin_assignee_id", CHANNEL: "source.type", "customer": "conversation_rating.rating"},
    ),
    "HubSpot": (
        {"results": [
            {"id": "1", "properties": {"dealname": "a", "dealstage": "closedwon", "closedate": SINCE, "hubspot_owner_id": "7"}},
            {"id": "2", "properties": {"dealname": "b", "dealstage": "closedlost", "closedate": SINCE, "hubspot_owner_id": "8"}},
            {"id": "3", "properties": {"dealname": "c", "dealstage": "98123", "closedate": None, "hubspot_owner_id": "8"}},
        ], "paging": {"next": {"after": "3"}}},
        BOOKS,
        {ID: "id", DATE: "properties.closedate", EMPLOYEE: "properties.hubspot_owner_id", "organization": "properties.dealstage"},
    ),
    "HubSpot deals": (
        {"results": [
            {"id": "1", "properties": {"hs_is_closed": "true", "hs_is_closed_won": "true"}},
            {"id": "2", "properties": {"hs_is_closed": "true", "hs_is_closed_won": "false"}},
            {"id": "3", "properties": {"hs_is_closed": "false", "hs_is_closed_won": "false"}},
        ]},
        BOOKS,
        {ID: "id", "organization": "properties.hs_is_closed_won"},
    ),
    "Freshdesk": (
        [
            {"survey_id": 1, "ticket_id": 11, "ratings": {"default_question": 103}, "agent_id": 5},
            {"survey_id": 1, "ticket_id": 12, "ratings": {"default_question": -103}, "agent_id": 6},
            {"survey_id": 1, "ticket_id": 13, "ratings": {"default_question": 100}, "agent_id": 6},
        ],
        CUSTOMER,
        {ID: "ticket_id", EMPLOYEE: "agent_id", "customer": "ratings.default_question"},
    ),
    "Pipedrive": (
        {"success": True, "data": [
            {"id": 1, "title": "a", "status": "won", "won_time": "2026-11-20 10:00:00", "lost_time": None, "user_id": {"name": "Kim"}, "close_time": "2026-11-20 10:00:00"},
            {"id": 2, "title": "b", "status": "lost", "won_time": None, "lost_time": "2026-11-21 10:00:00", "user_id": {"name": "Lee"}, "close_time": "2026-11-21 10:00:00"},
            {"id": 3, "title": "c", "status": "open", "won_time": None, "lost_time": None, "user_id": {"name": "Lee"}, "close_time": None},
        ]},
        BOOKS,
        {ID: "id", DATE: "close_time", EMPLOYEE: "user_id.name", "organization": "status"},
    ),
}  # fmt: skip
"""What the APIs of some give, what comes out, and the path of each field."""


@pytest.mark.parametrize("maker", APIS)
def test_what_an_api_gives_is_known_too(run: Run, tmp_path: Path, maker: str) -> None:
    given, triples, columns = APIS[maker]
    (tmp_path / "t.json").write_text(json.dumps(given))
    got = through(run, tmp_path, "t.json")
    assert f"taken for: {maker}" in got.map_said
    assert (got.columns, got.triples) == (columns, triples)
