"""Which answers say anything that could be coded: “n/a”, “nothing”, “don't know” and “ok thanks” do not."""

# ruff: noqa: E501

from __future__ import annotations

import re
import unicodedata

# Whole answers, normalised, in the languages surveys come in most.
_ANSWERS = frozenset(
    line.strip()
    for line in """
    n a;na;not applicable;none;nothing;nil;null;nan;no comment;no comments;no answer;no response;no opinion;no idea
    nothing to add;nothing to say;nothing else;nothing more;nothing comes to mind;nothing really;nothing at all
    nothing in particular;nothing specific;nothing special;nothing to report;no nothing;not really;not sure;i am not sure
    im not sure;unsure;dont know;do not know;i dont know;i do not know;dk;dunno;idk;cant say;cannot say;i cant say
    cant think of anything;i cant think of anything;cannot think of anything;cant remember;dont remember;i dont remember
    no suggestions;no suggestion;no complaints;no feedback;no reason;no particular reason;no further comments;none really
    none at the moment;not at the moment;not at this time;nothing at the moment;nothing at this time;no more;no problem
    nope nothing;as above;same as above;see above;see previous;ditto;same;skip;skipped;pass;prefer not to say;unknown
    prefer not to answer;rather not say;refused;declined to answer;missing;blank;empty;test;testing;asdf;xxx;tbd;other
    sounds good;all good;thats it;thats all;that is all;thats all from me;thats it from me;thank you so much
    thank you very much;thanks so much;you too;same here;of course;go ahead;go on;i see;i think so;i guess so;i suppose so
    keine;keine angabe;keine angaben;k a;ka;nichts;weiß nicht;weiss nicht;weiß ich nicht;kein kommentar;keine ahnung
    nichts besonderes;fällt mir nichts ein;keiner;entfällt;keine antwort;siehe oben
    rien;rien du tout;rien à dire;rien à ajouter;rien à signaler;ras;aucun;aucune;aucun commentaire;ne sait pas
    je ne sais pas;sans avis;sans réponse;pas de commentaire;pas de commentaires;aucune idée;non applicable
    nada;ninguno;ninguna;no sé;no se;no lo sé;no aplica;sin comentarios;sin comentario;sin respuesta;nada que añadir
    ns nc;ns;nc;niente;nessuno;nessuna;non so;non lo so;nessun commento;niente da dire;nulla
    não sei;nao sei;nenhum;nenhuma;sem comentários;sem comentario;sem comentário;não se aplica;nada a acrescentar
    geen;geen idee;geen commentaar;niks;niets;weet niet;weet ik niet;nvt;n v t;geen opmerkingen
    ingen;inget;ingenting;vet ej;vet inte;ingen kommentar;ved ikke;ved ej;intet;vet ikke;ei mitään;en tiedä;ei ole
    nic;brak;nie wiem;bez komentarza;nie dotyczy;nevím;žádné;yok;bilmiyorum;hiçbir şey;fikrim yok;нет;ничего;не знаю
    без комментариев;нечего сказать;немає;не знаю що сказати
    特になし;とくになし;なし;無し;ない;特にない;特にありません;ありません;わからない;分からない;わかりません;不明
    没有;沒有;无;無;不知道;暂无;没有意见;不清楚;没什么;没;없음;없습니다;모름;모르겠음;모르겠습니다;없어요;해당없음
    لا شيء;لا يوجد;لا أعرف;لا اعرف;कुछ नहीं;पता नहीं
    """.replace("\n", ";").split(";")
    if line.strip()
)

# Words that carry no content by themselves: a turn made of nothing else is a sound of listening.
_FILLERS_TEXT = """
    a ah aha alright and bye cheers er erm exactly fine gotcha great hello hey hi hm hmm hmmm huh i indeed k mhm
    mhmm mm mmhm mmhmm mmm nah no nope oh ohh ok okay okey oki please right so sorry sure thank thanks thx to uh
    uhhuh uhm uhuh um uhum umm well wow ya yea yeah yep yes you yup absolutely ja nein jein doch genau danke bitte
    oui non merci ouais d accord sí si vale gracias claro sì grazie sim obrigado obrigada nee dank bedankt tak nie
    dzięki да спасибо はい いいえ うん ええ そうですね ありがとう 是 好 好的 谢谢 对 嗯 네 예 아니요 음 감사합니다
"""
_FILLERS = frozenset(_FILLERS_TEXT.split()) - {"great"}

_APOSTROPHE = re.compile(r"['’`´]")
_NOT_LETTER = re.compile(r"[\W_]+")
_LONGEST = 80  # characters: no such answer is longer


def is_codable(text: str) -> bool:
    """Whether an answer or turn says anything that a theme could stand for.

    >>> is_codable("N/A"), is_codable("ok, thanks"), is_codable("Don’t know."), is_codable("No invoices")
    (False, False, False, True)
    """
    text = text.strip()
    if len(text) > _LONGEST:
        return any(character.isalpha() for character in text)
    plain = unicodedata.normalize("NFKC", text).casefold()
    plain = _NOT_LETTER.sub(" ", _APOSTROPHE.sub("", plain)).strip()
    if not any(character.isalpha() for character in plain) or plain in _ANSWERS:
        return False
    return not all(word in _FILLERS or word.isdigit() for word in plain.split())
