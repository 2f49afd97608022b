"""The words by which labels are told from other words before a colon, in the languages that were met."""

from __future__ import annotations


def vocabulary(text: str) -> frozenset[str]:
    """The words of a text.

    >>> sorted(vocabulary("b a"))
    ['a', 'b']
    """
    return frozenset(text.split())


INTERVIEWERS = vocabulary(
    """
    interviewer interviewers interviewerin int inter i iv ir q question questions moderator moderatorin moderators
    mod facilitator fac researcher researchers host hosts presenter fragesteller fragestellerin befrager forscher
    frage entrevistador entrevistadora moderador moderadora pregunta enquêteur enquêtrice enqueteur intervieweur
    intervieweuse animateur animatrice intervistatore intervistatrice moderatore domanda pergunta pesquisador
    pesquisadora intervjuare intervjuaren moderatorn interviewster интервьюер модератор
    司会 聞き手 インタビュアー 主持人 访谈者 採訪者
    المحاور المحاورة الباحث الباحثة מראיין מראיינת מנחה
    """
)
"""Words for who asks."""

PARTICIPANTS = vocabulary(
    """
    interviewee interviewees participant participants respondent respondents informant user customer client
    guest answer answers expert patient student teacher employee manager member parent speaker r a b p ie bp tn kp
    befragte befragter befragt teilnehmer teilnehmerin proband probandin antwort kunde kundin nutzer nutzerin
    experte expertin entrevistado entrevistada participante respuesta cliente usuario usuaria répondant répondante
    enquêté enquêtée interviewé interviewée réponse intervistato intervistata partecipante risposta resposta
    deltagare deltagaren geïnterviewde deelnemer respondente респондент участник
    参加者 回答者 受访者 المشارك المشاركة משתתף משתתפת מרואיין
    מרואיינת
    """
)
"""Words for who answers."""

OBSERVERS = vocabulary(
    """
    observer observers notetaker notetakers note-taker scribe beobachter beobachterin protokollant observador
    observateur
    """
)
"""Words for who only watches."""

NOT_LABELS = vocabulary(
    """
    note notes nb n.b date time place location venue title subject topic topics theme duration length recording
    recorded audio video file filename transcript transcription transcriber transcribed present attendees language
    version page pages source url link links website summary abstract keywords keyword tags tag kind style comment
    comments example examples e.g eg i.e ps p.s warning attention update edit edited background introduction
    intro conclusion conclusions section part chapter step steps task tasks scene contents table figure age gender
    sex occupation job company industry email e-mail phone address consent pros cons advantages disadvantages
    problem problems solution solutions goal goals reason reasons result results interview author authors created
    modified status type name names project study number id yes no well so okay ok first second third fourth finally
    however also but and or then now today here there this that these those remember important quote quotes
    observation observations finding findings insight insights recommendation recommendations next action actions
    scenario hypothesis method methods legend key disclaimer copyright http https www mailto re fwd cc bcc from to
    sent datum zeit ort dauer thema titel hinweis anmerkung bemerkung beispiel notiz ergebnis fazit lieu durée sujet
    titre remarque exemple fecha hora lugar duración tema título nota ejemplo data luogo durata duração assunto
    plats tid pain point points opportunity opportunities need needs frustration frustrations behaviour behaviours
    behavior behaviors expectation expectations idea ideas feature features feedback positive negative strength
    strengths weakness weaknesses likes dislikes wish wishes context evidence severity priority owner deadline tip
    fact facts laughter laughs laughing music applause pause silence inaudible unintelligible crosstalk noise sighs
    coughs unverständlich lachen rires start end begin stop total score rating sum hello hi yeah right exactly sure
    thanks true maybe
    """
)
"""Words that stand before a colon and are no speakers: details, headings, sounds, the beginnings of sentences."""

PARTICLES = vocabulary(
    """
    van von der den de del della di da das dos du la le les el al bin ibn ben ter ten of the and und et y e i zu
    """
)
"""Small words inside names."""

BACKCHANNELS = vocabulary(
    """
    yeah yes no ok okay right mm mhm hmm uh um thanks thank laughs laughter sure great cool exactly hi hello bye ja
    nein doch genau gut oui non voilà sí vale claro sì va bene sim não
    """
)
"""Bits of talk that stand alone on a line."""

NOT_LABEL_STARTS = (
    "interview date", "date of", "start time", "end time", "interview with", "transcript of",
    "transcribed by", "recorded on", "the ", "a ", "an ", "my ", "and ", "but ", "so ", "because ",
    "for example", "in other words", "i said", "i think", "it ", "that ", "this ", "there ", "you ", "we ",
    "they ", "he ", "she ", "if ", "when ", "what ", "how ", "why ", "one thing",
)  # fmt: skip
"""Beginnings of details and of clauses."""
