"""What names and questions say: a row for each, over six languages and many kinds of columns."""

from collections.abc import Sequence

import pytest

from winwinwin.mapping.drafting import columns_of
from winwinwin.mapping.drafting.guessing import guessed

FIVE = ("1", "2", "3", "4", "5")
ZERO_TO_TEN = ("0", "6", "7", "9", "10")
YES_OR_NO = ("Yes", "No")
WON_LOST = ("won", "lost")
GOOD_BAD = ("Good", "Bad")
AGREE = ("Strongly agree", "Agree", "Neutral", "Disagree")
SATISFIED = ("Very satisfied", "Satisfied", "Dissatisfied")
EVERY = (FIVE, ZERO_TO_TEN, YES_OR_NO, WON_LOST, GOOD_BAD, AGREE, SATISFIED)


def rows(names: str) -> list[str]:
    return [name.strip() for name in names.replace("\n", "|").split("|") if name.strip()]


def taken(name: str, values: Sequence[str]) -> str:
    """Return the fact that a column alone is taken for, with its cut; "" for none."""
    columns = columns_of([{name: value} for value in values])
    found = [each for each in guessed(columns).entries.values() if each.field not in BESIDE]
    cut = f" {found[0].cut.won:g}/{found[0].cut.lost:g}" if found and found[0].cut else ""
    return f"{found[0].field}{cut}" if found else ""


BESIDE = ("id", "date", "employee", "channel")
TAKEN = [
    (YES_OR_NO, "customer", "Did the agent resolve your issue? | Are you happy with the service you received?"),
    (AGREE, "customer", """\
My problem was solved | The service met my expectations | Overall, I am satisfied with the service I received"""),
    (YES_OR_NO, "salesperson", "Agent: did it go well for you?"),
    (YES_OR_NO, "salesperson_feels_good", "Agent felt proud of the work"),
    (
        FIVE,
        "customer 4/2",
        """\
How satisfied are you with our service? | Overall, how would you rate your experience today? | CSAT | csat_score
CSAT Score | Satisfaction Rating | satisfaction_score | Ticket satisfaction score | Survey results | Rating | Stars
Star rating | Review rating | rating_score | Kundenzufriedenheit | Wie zufrieden waren Sie mit dem Gespräch?
Satisfaction client | Customer satisfaction (1-5) | Customer Satisfaction Score (CSAT) | Overall satisfaction
Overall rating | Overall Satisfaction (1-5) | Product rating | Service rating | Support rating | Delivery rating
Customer rating | Client satisfaction | Guest satisfaction | Patient satisfaction | Customer feedback score
Feedback rating | How would you rate our customer service? | How would you rate the quality of our service?
Please rate your overall experience | Rate your experience | Rate our service | Rate the service
How satisfied were you with your recent purchase? | How satisfied were you with the delivery?
How happy were you with our support team? | How satisfied were you with the support you received?
How satisfied are you with the service you received today? | How satisfied are you with your visit?
On a scale of 1 to 5, how satisfied are you? | How would you rate your overall satisfaction with our service?
How satisfied are you with the resolution of your issue? | How satisfied were you with the agent?
How satisfied are you with the agent who helped you? | How would you rate the agent?
How happy are you with our service? | Satisfaction with agent
Wie zufrieden sind Sie mit unserem Service? (1 = sehr unzufrieden, 5 = sehr zufrieden)
How would you rate your conversation? | Q1. How satisfied are you with our product? | 1. How satisfied are you?
Q3 Overall, how satisfied or dissatisfied are you with our company? | Wie zufrieden sind Sie mit unserem Service?
Wie zufrieden sind Sie insgesamt mit unserer Leistung? | Wie bewerten Sie unseren Service?
Wie würden Sie unseren Kundenservice bewerten? | Bewertung | Gesamtbewertung | Gesamtzufriedenheit | Zufriedenheit
Zufriedenheit mit dem Service | Wie zufrieden waren Sie mit der Beratung? | Êtes-vous satisfait de notre service ?
Quel est votre niveau de satisfaction ? | Dans quelle mesure êtes-vous satisfait de nos services ?
Comment évaluez-vous notre service ? | Satisfaction globale | Satisfaction | Évaluation du service
¿Qué tan satisfecho está con nuestro servicio? | ¿Cómo calificaría nuestro servicio? | Satisfacción del cliente
Satisfacción general | Valoración | Valoración del cliente | Calificación
¿Cuál es su grado de satisfacción con la atención recibida? | Hoe tevreden bent u over onze service?
Hoe tevreden bent u met onze dienstverlening? | Hoe beoordeelt u onze service? | Klanttevredenheid | Beoordeling
Klantbeoordeling | Quão satisfeito você está com o nosso atendimento? | Como você avalia o nosso atendimento?
Satisfação do cliente | Avaliação | Avaliação do atendimento | Nota de satisfação
Qual o seu nível de satisfação com o nosso serviço? | How satisfied were you with the way we handled your call?
How satisfied are you with the speed of our response? | What is your overall satisfaction with our service?
Your rating | Customer: how satisfied are you? | How was your experience? (1-5) | Chat rating | Conversation rating
Rating (1-5) | Satisfaction (out of 5) | Zufriedenheit (1-5) | How satisfied were you with your experience with us?
How satisfied were you with the service provided? | How satisfied are you with the help you received?
How would you rate the service you received? | How would you rate your visit today?
How would you rate your overall experience with our company? | Rate your overall satisfaction
Overall, how satisfied are you with your purchase? | Overall satisfaction with service | Overall experience rating
Satisfaction level | Satisfaction with support | Satisfaction with our service | Cust satisfaction
Customer satisfaction rating | CustomerSatisfactionScore | customer_rating | survey_score | Survey score
Survey rating | Feedback score | Review score | Review stars | Star Rating | ticket.csat | conversation_rating
Chat Satisfaction | Call satisfaction | Visit satisfaction | Service satisfaction | Support satisfaction
Product satisfaction | Purchase satisfaction | Delivery satisfaction | How satisfied are you with our prices?
How satisfied are you with the quality of the product? | How happy are you with your order?
How pleased were you with our service? | Please rate our agent | Please rate the agent
How would you rate the agent you spoke with? | Wie zufrieden sind Sie mit dem Produkt?
Wie zufrieden sind Sie mit der Lieferung? | Wie zufrieden sind Sie mit unserem Kundenservice?
Wie zufrieden waren Sie mit Ihrem Einkauf? | Wie bewerten Sie Ihre Erfahrung mit uns?
Bitte bewerten Sie unseren Service | Kundenbewertung | Zufriedenheit der Kunden | Zufriedenheit des Kunden
Zufriedenheit (1 bis 5) | Wie beurteilen Sie die Qualität der Beratung?
Sind Sie mit unserem Service zufrieden? (1-5) | Satisfaction du client | Satisfaction des clients (1 à 5)
Note de satisfaction | Avis client | Êtes-vous satisfait de votre achat ?
Comment évaluez-vous la qualité de notre service ? | Quelle note donneriez-vous à notre service ? | Satisfacción
Nivel de satisfacción | Calificación del servicio | ¿Cómo calificaría la atención recibida?
¿Qué tan satisfecho está con su compra? | ¿Cómo valora nuestro servicio? | Valoración del servicio | Tevredenheid
Tevredenheid klant | Hoe tevreden bent u over het gesprek? | Hoe tevreden bent u met uw aankoop?
Beoordeling van de service | Satisfação | Nível de satisfação | Avaliação do cliente | Como avalia o atendimento?
Qual é o seu grau de satisfação com o atendimento?
""",
    ),
    (
        ZERO_TO_TEN,
        "customer 9/6",
        """\
NPS | NPS Score | Net Promoter Score | How likely are you to recommend us to a friend or colleague?
How likely is it that you would recommend us to a friend or colleague?
How likely are you to recommend our company to a friend? | Likelihood to recommend
How likely are you to recommend our product? | Wie wahrscheinlich ist es, dass Sie uns weiterempfehlen?
Wie wahrscheinlich ist es, dass Sie uns einem Freund oder Kollegen weiterempfehlen?
Würden Sie uns weiterempfehlen? (0-10)
Quelle est la probabilité que vous nous recommandiez à un ami ou un collègue ?
Recommanderiez-vous nos services à un proche ? | ¿Qué probabilidad hay de que nos recomiende a un amigo o colega?
¿Qué tan probable es que nos recomiende? | ¿Recomendaría nuestros servicios a un amigo?
Hoe waarschijnlijk is het dat u ons aanbeveelt aan een vriend of collega? | In hoeverre zou u ons aanbevelen?
Qual a probabilidade de você nos recomendar a um amigo ou colega? | De 0 a 10, qual a probabilidade de nos recomendar?
nps_score | NPS (0-10) | On a scale of 0 to 10, how likely are you to recommend us?
How likely would you be to recommend us to friends and family?
How likely are you to recommend our services to others? | How likely are you to recommend us?
Would you recommend us? (0-10) | Net promoter score (NPS) | Likelihood to Recommend (0-10)
Wie wahrscheinlich ist es, dass Sie uns Freunden oder Kollegen empfehlen?
Würden Sie unsere Produkte weiterempfehlen? (0 bis 10) | Weiterempfehlung (0-10)
Recommanderiez-vous notre entreprise à un ami ? (0-10) | ¿Nos recomendaría a un amigo? (0 a 10)
Hoe waarschijnlijk is het dat u ons zou aanbevelen? | Você recomendaria nossos serviços a um amigo? (0 a 10)
""",
    ),
    (
        YES_OR_NO,
        "customer",
        """\
Was your problem solved? | Was your issue resolved? | Did you get what you wanted? | Customer satisfied
Customer satisfied? | Are you satisfied with our service? | Were you happy with our service? | Would you recommend us?
Would you recommend us to a friend? | Would recommend | Wurde Ihr Problem gelöst? | Wurde Ihr Anliegen gelöst?
Sind Sie zufrieden? | Sind Sie mit unserem Service zufrieden? | Würden Sie uns weiterempfehlen?
Votre problème a-t-il été résolu ? | Êtes-vous satisfait ? | Nous recommanderiez-vous ? | ¿Se resolvió su problema?
¿Su problema fue resuelto? | ¿Está satisfecho con el servicio? | ¿Nos recomendaría? | Is uw probleem opgelost?
Bent u tevreden? | Zou u ons aanbevelen? | Seu problema foi resolvido? | Você está satisfeito?
Você nos recomendaria? | Did we solve your problem? | Did we resolve your issue? | Was your question answered?
Kunde zufrieden? | Haben Sie bekommen, was Sie wollten? | Are you satisfied? | Are you happy with your purchase?
Were you satisfied with the call? | Is the customer satisfied? | Customer happy | Client satisfied
Would you recommend our service? | Do you recommend us? | I would recommend this product
Has your issue been resolved? | Has your problem been solved? | Was your request resolved?
Did you achieve your goal? | Waren Sie zufrieden? | Sind Sie mit dem Ergebnis zufrieden? | Ist Ihr Problem gelöst?
Avez-vous obtenu ce que vous vouliez ? | Votre demande a-t-elle été traitée ? | ¿Quedó satisfecho?
¿Consiguió lo que quería? | ¿Está contento con nuestro servicio? | Bent u tevreden over onze service?
Heeft u gekregen wat u wilde? | Está satisfeito com o atendimento? | O seu problema foi resolvido?
""",
    ),
    (
        WON_LOST,
        "salesperson",
        """\
Outcome for salesperson | Agent outcome | Rep outcome | Salesperson result | Agent: outcome | Agent: result
Outcome (agent) | Ergebnis für den Verkäufer | Ergebnis Verkäufer | Résultat du vendeur | Resultado del vendedor
Resultaat verkoper | Resultado do vendedor | Verkäufer | Seller outcome | Advisor result | Outcome agent
Outcome for the rep | Result for the salesperson | Staff outcome | salesperson_outcome | Salesperson: won or lost
Agent won or lost | Outcome (salesperson) | Employee outcome | Ergebnis Berater | Result (advisor)
""",
    ),
    (
        GOOD_BAD,
        "salesperson",
        """\
How did the call go for you (agent)? | Agent: how did it go for you? | Agent: how did the call go?
Advisor: how did it go? | How did the sale go for you (salesperson)? | Berater: Wie lief das Gespräch für Sie?
Verkäufer: Wie ist es gelaufen? | Conseiller : comment cela s'est-il passé pour vous ?
Asesor: ¿cómo le fue en la llamada? | Verkoper: hoe ging het gesprek voor u? | Vendedor: como foi a ligação para você?
Rep: how was the call for you? | Agent outcome | Agent: how was it for you? | Rep: how did the meeting go?
Staff: how did the visit go for you? | How did it go for the agent? | Seller: how did the sale go?
How did the conversation go for you (advisor)? | Mitarbeiter: Wie lief es für Sie?
Vendeur : comment s'est passé l'appel ? | Vendedor: ¿cómo le fue? | Medewerker: hoe ging het?
Atendente: como foi o atendimento? | Agent: are you satisfied with the outcome?
""",
    ),
    (
        WON_LOST,
        "customer",
        """\
customer | Customer outcome | Outcome for customer | Customer result | Kunde | Client outcome
Ergebnis für den Kunden | Resultado del cliente | Résultat du client | Buyer outcome | customer_outcome
""",
    ),
    (
        WON_LOST,
        "organization",
        """\
Deal outcome | Deal result | Status | Outcome | Result | Deal stage | Opportunity status | Books | Deal won?
""",
    ),
    (
        YES_OR_NO,
        "organization",
        """\
Deal won? | Was the deal won?
""",
    ),
    (
        YES_OR_NO,
        "salesperson_feels_good",
        """\
Agent: proud of it? | Agent: are you proud of your work? | Staff: do you feel good about it?
Verkäufer: Sind Sie stolz auf Ihre Arbeit? | Vendeur : êtes-vous fier de votre travail ?
""",
    ),
    (
        AGREE,
        "customer",
        """\
I am satisfied with the service | I am satisfied with my purchase | Overall, I am satisfied with the service
I would recommend this company to a friend | I am happy with the product | Ich bin mit dem Service zufrieden
Je suis satisfait du service | Estoy satisfecho con el servicio | Ik ben tevreden over de service
Estou satisfeito com o serviço
""",
    ),
    (
        GOOD_BAD,
        "customer",
        """\
How was your experience? | How was your visit? | How was our service? | Wie war Ihr Besuch?
Comment était votre visite ? | ¿Cómo fue su experiencia? | Hoe was uw bezoek? | Como foi sua experiência?
Customer reaction | Customer: how did it go for you?
""",
    ),
]  # fmt: skip
"""Values, what they are taken for, and the names that say so."""
NOTHING = """\
How happy are you today? | How happy are you in general? | How happy are you? | Are you happy?
Did you try to solve the issue yourself? | Can you solve the problem? | How happy are you with your life?
The agent was rude | Agent friendliness | The agent was polite | The agent listened to me | The agent kept me waiting
Der Berater war freundlich | Le conseiller était aimable | How was the agent? | Quality of our staff
Helpfulness of staff | Agent knowledge | Agent attitude | Freundlichkeit der Mitarbeiter | Kompetenz des Beraters
Agent attendance | Agent training status | Agent connection quality | I felt pressured by the salesperson
Customer was overcharged | The customer had to repeat themselves | Customer potential | Customer relationship status
Patient condition | Guest room condition | Client English level | Customer phone line quality | Customer status
Customer stage | Customer contract result | Client status | Rep territory result | CSAT sent | CSAT responded
Satisfaction survey sent | Satisfaction survey completed? | NPS survey opened | Satisfaction followed up
Satisfaction percent target met | Happy to be contacted? | Are you happy for us to contact you?
Are you happy to receive marketing? | Happy with cookies | Sind Sie zufrieden, kontaktiert zu werden?
Did anyone recommend us to you? | Did a friend recommend us? | Who would you recommend? | Recommend follow-up?
Auf Empfehlung gekommen? | Did you have an issue? | Have you reported this issue before? | Is this issue urgent?
Did you try to solve the issue yourself? | Issue resolved by bot? | Agent: how satisfied was the customer?
How satisfied were you with your previous provider? | Satisfaction with previous supplier
How satisfied are you with your current insurer (before switching)? | How satisfied are you with your job?
How satisfied are you with your salary? | Are you happy in your team? | Wie zufrieden sind Sie mit Ihrer Arbeit?
Agent: rate the customer | Customer rating by agent | Agent rating of customer
How satisfied do you think the customer was? | Rate the severity of the problem you had (1-5)
How long did you wait? Rating | What is your rating on the exam? | Fraud score | Spam score | ICP score | BANT score
AI score | Confidence score | Relevance score | Match score | Engagement score | Compliance score | Interview score
Exam score | Test score | Game score | Sales score | Bond rating | Energy rating | Movie rating | Food hygiene rating
Quality rating | Attractiveness rating | Star sign | Stars (GitHub) | Score at home | Employee rating | Agent score
Seller stars | Rating agency
Agent - CSAT | Agent - rating | Agent compliance | Agent evaluation | Agent happiness | Agent monthly goal reached
Agent result code | Agent review | Agent script adherence | Agent: did you solve the issue? | Agent: rate the lead
Agent: rating | App score | Are you satisfied with your life? | Avaliação de crédito | Average CSAT
Bent u tevreden met uw salaris? | Beoordeling sollicitant | Buyer intent | Buyer rating by seller | CSAT answered
CSAT enabled | CSAT opt out | CSAT response | Calificación crediticia | Client perdu | Client relationship
Client renewal | Client responsiveness | Client stage | Conversion rate | Credit score | Customer budget
Customer churned | Customer content | Customer credit rating | Customer feedback requested | Customer level
Customer order status | Customer pleased to be called | Customer segment | Customer was refunded | Customer win rate
Der Mitarbeiter war unhöflich | Did the agent greet you? | Did the customer win the game?
Did you find the solution yourself? | Die Mitarbeiterin hat mir zugehört | Difficulty stars | Do you feel safe?
Do you have a problem? | Effort rating | Employee NPS | Employee satisfaction | Energiebewertung | Estrelas do hotel
Está satisfeito com seu emprego? | Experience | Feedback | Fraud rating | GitHub stars | Goal reached
Guest behaviour | Haben Sie ein Problem? | Happiness score by country | Happy hour | Happy to be called back?
Has a colleague recommended us? | Have you contacted us about this issue? | Home score
How did the agent make you feel? | How did you travel? | How do you feel about our prices?
How do you rate this lead? | How likely is the customer to recommend us? | How satisfied are you with other vendors?
How satisfied are you with the customer? | How satisfied are you with your bank?
How satisfied are you with your health? | How satisfied are you with your pay?
How satisfied are you with your workload? | How unhappy were you with our service? | How was your previous visit?
I trust my advisor | ICP rating | Industry CSAT | Is your issue new? | Issue resolved | Issue resolved automatically
Issue type | Klantnummer | Kredietbeoordeling | Kunde seit | Kundenart | Kundenbewertung durch Mitarbeiter
Kundennummer | Lead rating | Lighthouse score | Loyalty stars | May we contact you? | May we recommend you?
Medewerkerstevredenheid | Mitarbeiterzufriedenheit | Moody's rating | My advisor was patient | NPS sent
Nota da prova | Note examen | O vendedor foi educado | Octane rating | Our staff's friendliness | Outcome date
Overall performance | Pain score | Patient compliance | Patient satisfied with pain relief | Previous satisfaction
Problem resolved | Property rating | Proud parent | Punktzahl Test | Qui vous a recommandé ? | Rating (internal)
Rating of competitor's service | Rating of passenger | Recommend for hire | Recommendation | Recommended product
RelationshipSatisfaction | Rep rating | Resolution | Response rate | Result code | Review left | Rider rating
Risk score | Satisfacción con el empleo | Satisfaction email opened | Satisfaction survey offered | Schulnote
Score at half time | Score difference | Score per hour | Seller pressure | Sentiment | Sentiment score | Sleep score
Staff were helpful | Status do cliente | Talent score | Tenant score | Test result | The agent made me feel stupid
The technician arrived late | Urgency rating | User score | Você está satisfeito com o seu salário?
Was your issue resolved within 24 hours? | Were you happy to wait? | Wurden Sie empfohlen? | Years of experience
Your experience level | Your result | Z score | Zufriedenheit mit dem Arbeitsplatz | ¿Está satisfecho con su salario?
¿Quién nos recomendó? | Évaluation des employés | Évaluation du fournisseur | Êtes-vous satisfait de votre vie ?
"""
"""Names that say nothing of a fact, whatever the values: of others, of something else, or of the survey itself."""


@pytest.mark.parametrize(
    ("name", "values", "fact"),
    [(name, values, fact) for values, fact, names in TAKEN for name in rows(names)],
)
def test_a_name_that_is_understood_says_the_fact(
    name: str, values: Sequence[str], fact: str
) -> None:
    assert taken(name, values) == fact


@pytest.mark.parametrize("name", rows(NOTHING))
def test_a_name_that_is_not_understood_is_no_fact(name: str) -> None:
    assert [taken(name, values) for values in EVERY] == [""] * len(EVERY)


@pytest.mark.parametrize(
    ("name", "values", "fact"),
    [
        ("CSAT", ("4/5", "1/5"), "customer 4/2"),
        ("CSAT", ("4/10", "5/10"), "customer 7/4"),
        ("NPS", ("5/10", "6/10"), "customer 9/6"),
        ("CSAT", ("4/5", "8/10"), ""),  # of different length
        ("CSAT", ("9/5", "1/5"), ""),
        ("CSAT", ("4/4", "1/4"), ""),  # no usual scale
        ("CSAT", ("4/0", "1/0"), ""),
    ],
)
def test_the_end_of_a_scale_that_values_name_decides(
    name: str, values: tuple[str, ...], fact: str
) -> None:
    assert taken(name, values) == fact


@pytest.mark.parametrize("again", ["CSAT 2", "csat 2"])
def test_of_two_columns_with_one_name_none_is_chosen(again: str) -> None:
    found = guessed(columns_of([{"CSAT": "1", again: "5"}, {"CSAT": "5", again: "1"}]))
    assert found.entries == {}
    assert [entry.columns[0].name for entry in found.rivals["customer"]] == ["CSAT", again]
