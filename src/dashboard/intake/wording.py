"""Words by which headers and questions tell what a column is."""

from __future__ import annotations

import re


def words(text: str) -> frozenset[str]:
    """The words of a text, as a set.

    >>> sorted(words("one two"))
    ['one', 'two']
    """
    return frozenset(text.split())


def in_order(text: str) -> tuple[str, ...]:
    """The words of a text, as they stand.

    >>> in_order("one two")
    ('one', 'two')
    """
    return tuple(text.split())


METADATA = words(
    """
    collectorid collector ipaddress ipaddr ip customdata1 customvalue networkid tags useragent referer referrer
    refurl browser responseset locationlatitude locationlongitude locationaccuracy latitude longitude lat long lng
    duration durationinseconds duration(inseconds) progress finished distributionchannel userlanguage contactid
    legacyvalue sessionid lastpage seed startlanguage language languagecode responsetype sessionlanguage url link
    surveyid surveyname surveylink formid campaign utmsource utmmedium utmcampaign responseurl permalink device
    devicetype platform os operatingsystem timespent timetaken timetaken(seconds) completiontime(seconds)
    interviewtime token stageddate(utc) extref linkname internalid deliveryid surveytype channel submissionid
    entryid formversion totalpoints quizfeedback npsgroup npscategory npssegment npstype recordtype reviewid
    appversion reviewerlanguage externalreference agentid assigneeid ticketid ticket ticketurl assignee
    externaldatareference index rowid unnamed:0 unnamed0
    """
)
DATES = in_order(  # the best first: when it was handed in, then when it was begun
    """
    completiontime recordeddate enddate submitdate submitdate(utc) datesubmitted submittedat submitted
    responsedate responsedate(utc) completedat datecompleted datestamp timestamp zeitstempel horodateur
    marcatemporal date datum createdat createddate datecreated created submissiondate reviewdate
    reviewsubmitteddateandtime surveydate respondedat answeredat starttime startdate startdate(utc) timestarted
    startedat datestarted datemodified updatedat lastupdated updated modified interviewdate dateofinterview
    sessiondate time day ratedat scoredat
    """
)
IDS = (  # the best first
    r"participant ?(?:id|number|no|nr|code|name)?|.*\bparticipant (?:id|number|no|code)\b.*|p ?id"
    r"|teilnehmer(?:in)?(?: ?(?:id|nummer|nr|code))?"
    r"|subject(?: ?(?:id|number|no))?|proband(?:in)?(?: ?(?:id|nr))?|case(?: ?(?:id|no|number))?"
    r"|interviewee(?: ?id)?|person(?: ?id)?",
    r"(?:customer|user|account|member|client|contact|patient|student|employee|kunden?)[ _]?(?:id|number"
    r"|no|nr|nummer|key)|panelist ?id"
    r"|pseudonym|code ?name|codename|code",
    r"respondents?[ _]?(?:id|number|no)?|response[ _]?id|submission[ _]?id|reviewer(?:[ _]?id)?"
    r"|requester(?:[ _]?id)?",
    r"id|uuid|guid|#|record[ _]?id|key|nr|no|nummer|nummero",
)
NAMES = words(
    """
    name fullname firstname lastname surname forename givenname familyname vorname nachname nom prénom nombre
    apellido apellidos recipientfirstname recipientlastname respondentname participantname customername username
    yourname reviewername contactname displayname authorname author whatisyourname? whatisyourname nickname
    cognome
    """
)
EMAILS = words(
    "email emailaddress mail mailaddress recipientemail useremail youremail customeremail contactemail correo courriel"
)
STAGES = words(
    "stage journeystage customerjourneystage phase touchpoint journeystep funnelstage lifecyclestage journeyphase"
)

RECOMMENDS = re.compile(
    r"\bnps\b|net promoter|\brecommend|weiterempf|weiter empf|recommander|recomend|raccomand|aanbevelen|rekommendera"
)
EFFORT = re.compile(
    r"\bces\b|customer effort|\beffort\b|aufwand|made it easy|easy for me to|easy to (?:handle|resolve|solve)"
)
SATISFIED = re.compile(r"\bcsat\b|satisf|zufrieden|soddisf|tevreden")
RATES = re.compile(
    r"\b(?:rat(?:e|ed|ing|ings)|scores?|stars?|scale|quality|overall|agree|easy|ease|difficult|useful"
    r"|helpful|confident|clear|intuitive"
    r"|experience|understanding|happy|enjoy\w*|feel|bewert\w*|sterne|note|qualität|puntuaci\w*|valora\w*"
    r"|skala|how good|how well|opinion|view"
    r"|favou?rabl\w*|impression|comfortable|like)\b"
)
COUNTS = re.compile(
    r"\b(?:how (?:many|much|long|often|old|recently|frequent\w*|tall|big|large)|number of|count|anzahl"
    r"|age|alter|years?|months?|days?|hours?|minutes?"
    r"|times|wie (?:viele|lange|oft|alt)|size|tenure|seats|employees|income|salary|price|cost|zip|postal"
    r"|plz|phone|duration|visits|children|year"
    r"|which|recency|when)\b"
)
RANKS = re.compile(
    r"\brank(?:ed|ing|s)?\b|order of (?:preference|importance)|priorit\w+|reihenfolge|rangfolge|classez|ordena\b"
)
OPEN = re.compile(
    r"comment|feedback|\bwhy\b|explain|describe|tell us|tell me|specify|elaborat|share (?:with|your|any)"
    r"|suggest|improve\b|improvement|own words|anything else"
    r"|something else|additional|thoughts|free.?text|verbatim|\breview\b|\breason|open.?ended|expand"
    r"|obstacles?|pain points?|\bwish\b|like to (?:see|add|say|tell)"
    r"|frustrat|\bmiss\b|bugs you|warum|wieso|kommentar|anmerkung|beschreib|erzähl|verbesser|begründ"
    r"|wünsch|pourquoi|commentaire|décrivez|por qué|comentario"
    r"|\b(?:what|how) (?:\w+ ){0,4}?(?:can|could|would|should|do|does|did)\b|what (?:is|are|was"
    r"|were) (?:the|your) (?:\w+ ){0,2}?(?:biggest|main|most|best|worst|least|challenge|problem)"
    r"|helps you|position on|_text$|\btext$|\bnotes?$|\bmessage\b|\bopinion\b|what else|other \(|write|your answer"
)
SHORT_FACT = re.compile(
    r"\b(?:title|company|organi[sz]ation|employer|city|town|country|state|region|school|university|role"
    r"|job|department|industry|language|name"
    r"|where|which|version|gender|sex|age|occupation|profession|address|website|url|webpage|link|phone"
    r"|product|model|brand|land|stadt|firma|branche)s?\b"
)
ABOUT_PERSON = re.compile(
    r"\b(?:gender|sex|age|income|education|location|region|country|city|state|company|organi[sz]ation"
    r"|industry|role|job|team|department|plan|tier|segment"
    r"|tenure|status|type|size|level|experience|language|platform|market|cohort|group|geschlecht|alter"
    r"|land|branche|abteilung|beruf|kunde|tarif|based"
    r"|where do you|do you work|what kind of user)\b"
)
NPS_GROUPS = frozenset(
    {"promoter", "promoters", "passive", "passives", "neutral", "detractor", "detractors", "1", "2", "3"}
)
GOOD_BAD = frozenset(
    {"good", "bad", "offered", "unoffered", "positive", "negative", "gut", "schlecht", "thumbs up", "thumbs down"}
)
ITEM = re.compile(r"(?:[a-z]{1,8}[ _.-]?)?\d{1,3}[a-z]?")
