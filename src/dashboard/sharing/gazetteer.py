"""Given names and surnames of many cultures, and capitalised words that are no names."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Literal

NAMES = Path(__file__).parent / "names"
"""The folder of the long lists, written by ``python -m benchmarks.fit_names``; names that are English words, or that
everybody knows, stand below."""


@cache
def long_list(kind: Literal["given", "surname"]) -> frozenset[str]:
    """Tens of thousands of rarer names, none of which is an English word; in small letters."""
    return frozenset((NAMES / f"{kind}.txt").read_text(encoding="utf-8").split())


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


GIVEN = _words(
    """
    aaron adam adrian agnes ahmed aisha alan albert alejandro alex alexander alexandra alexis ali alice alicia
    alison amanda amelia amina amir amy ana anders andrea andreas andrew andy angela anita ann anna anne annette
    anthony antonio arjun arthur asha astrid audrey barbara beatrice ben benjamin bernard beth bettina bianca björn
    bob boris brandon brenda brian bridget bruno callum camille carl carla carlos carmen carol caroline catherine
    cecilia chantal charles charlie charlotte chen chloe chris christian christina christine christopher claire
    clara claudia colin conor craig cristina crystal cynthia daniel daniela danielle darren dave david debbie
    deborah deepa denise dennis derek diana diane diego dieter dimitri dmitri dominic donald donna dorothy douglas
    dylan edith eduardo edward eileen eleanor elena elif elisa elizabeth ella ellen elsa emil emily emma enrico eric
    erik erin esther eugene eva evelyn ewan fatima felix fernanda fernando fiona florian frances francesca francesco
    francisco franz fred freddy frederik frieda gabriel gabriela gareth gary gavin gemma geoff george gerald
    gerard gerhard gillian giovanni giulia gladys gloria gordon graham greg gregory greta guido gunther gustav
    hannah hannes hans harold harriet harry hassan heather heidi heike heinz helen helena helga henrik henry herbert
    hilary holger howard hugh hugo hussein ian ibrahim ines inga ingrid irene isaac isabel isabella ivan ivana
    jack jackie jacob jacqueline jade jake james jamie jan jana jane janet janine jasmine jason javier jeff jeffrey
    jennifer jenny jens jeremy jessica jill jim jimmy joan joanna joanne joao jochen joe johan johanna johannes john
    johnny jon jonas jonathan jordan jorge jose josef joseph josephine joshua josé joyce juan judith judy julia
    julian julie justin jürgen kamal karen karin karl karsten kate katharina katherine kathleen kathryn kathy katie
    katrin katrina kay keith kelly ken kenneth kerstin kevin kim kirsten klaus krishna kristina kurt kyle lars laura
    lauren laurence lea leah lee leif lena leo leon leonard leslie liam lily linda lisa liz logan lorenzo lorna
    louis louisa louise luca lucas lucia lucy luis luisa lukas luke lydia lynn mads magda magnus malcolm manuel marc
    marco marcus margaret maria marian marianne marie marina mario marion marjorie marta martha martin martina mary
    mateo mathias matt matteo matthew matthias maureen maurice maya megan mehmet mei melanie melissa mia michael
    michal michelle miguel mike mikhail milena miriam mohamed mohammed moira monica monika morten muhammad murat
    nadia nadine nancy naomi natalia natalie natasha nathan neil nicholas nick nicola nicolas nicole niels nigel
    nikolai nina noah noel nora norman nuala olga oliver olivia omar oscar otto owen pablo pamela paolo pascal
    patricia patrick paul paula pauline pedro peggy pete peter petra phil philip philippe phillip pierre piotr
    priya rachel rafael rahul raj rajesh ralf ralph ramon raquel rashid raymond rebecca reinhard renate rhys ricardo
    richard rita robert roberta roberto robin roger roland roman ronald rosa rosemary rowena roy rubén ruth ryan
    sabine sally sam samantha samir samuel sandra sanjay sara sarah sasha scott sean sebastian sergei sergio seán
    shannon sharon shaun sheila shirley sigrid silvia simon simone siobhan sofia sofie sonia sonja sophia sophie
    stacey stan stefan stefanie stella stephan stephanie stephen steve steven stuart sue sunita susan susanne
    suzanne sven svetlana sylvia takeshi tamara tanya tara tariq tatiana ted teresa theo theresa thomas tim timothy
    tina tobias todd tom tomas tommy tony tracey tracy ulrich ulrike ursula uta valentina valerie vanessa vera
    verena veronica victor victoria viktor vincent viola virginia vivian vladimir walter wanda wendy werner wilhelm
    william wolfgang xavier yasmin yolanda yuki yuri yusuf yvonne zoe zofia zuzana
    """
)
"""Given names, in small letters."""

SURNAMES = _words(
    """
    adams ahmed allen andersen anderson andersson bailey bauer becker bennett berg bianchi boyle brandt brennan
    brooks brown byrne campbell carter chen clark clarke collins cooper costa davies davis dawson dubois duran
    edwards evans fernandes fernandez ferrari fischer fitzgerald flores garcia garcía gomez gonzalez gonzález gupta
    hansen harris harrison henderson hernandez hicks hoffman hoffmann huber hughes jackson jansen jensen johansson
    johnson jones kaczmarek kaur keane kelly kennedy khan klein kowalski krüger kumar larsen lewis lopez lópez
    maclean marin marino martinez mayer mcdonald meyer miller mitchell morgan morris murphy murray müller nguyen
    nielsen novak nowak o'brien o'connor o'neill okafor oliveira olsen ortiz oyelaran patel pedersen pereira perez
    peterson phillips popov pugh quinn ramirez ramos reid reyes ricci rivera roberts robinson rodriguez rodríguez
    romano rossi russo ryan sanchez santos schmidt schneider schröder schulz schwarz sharma silva simpson singh
    smith sousa souza stewart sullivan svensson sánchez taylor thompson torres tremblay turner wagner walker walsh
    watson weber williams wilson wright wójcik yılmaz zhang zimmermann
    """
)
"""Surnames that are hardly ever anything else, in small letters."""

NOT_NAMES = _words(
    """
    a after again all also always amazon america american an and answer any api app apple april are as at august be
    because before black britain british but by can ceo cfo christmas could csv customer day december did do does
    easter england english europe european every everything excel facebook february field first for france french
    friday from german germany good google great green had has have he hello her here hi hill him his how hr i i'd
    i'll i'm i've if in internet interviewer into ireland irish is it it's italian italy its january jira july june
    just like london long march may maybe me microsoft moderator monday my never new next no nobody not nothing
    notion november now nps october of oh ok okay on one only or our out outlook participant paypal pdf perhaps
    please polish question quickbooks really right sage same saturday see september she slack so some sorry spain
    spanish speaker still stripe sunday sure teams than thank thanks that that's the their them then there they this
    those thursday to too tuesday until up us user vat very was we wednesday well were what whatsapp when where
    which while white who why with wood word would xero yeah yes you your zoom
    """
)
"""Words that stand capitalised without being a person's."""

AMBIGUOUS = _words(
    """
    art bell bill chase cook dawn drew faith fox frank gene grace grant gray guy hope iris jean joy king mark max
    page pat penny price ray reed rich rose sandy sky star summer will young
    """
)
"""Names that are also words: names only where they stand capitalised within a sentence."""
