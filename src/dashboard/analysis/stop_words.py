"""Words that say nothing of a person by themselves, in the languages that are told apart: grammar and fillers."""

from __future__ import annotations

from collections.abc import Mapping

_TEXT = {
    "en": """
        a about above actually after again ah ain't aint all almost along already also although always am an and
        another any anybody anyone anything anyway are aren't around as at away back bad basically be because been
        before being below best better between big bit both but by came can can't cannot cause come comes cos could
        couldn't did didn't do does doesn't doing don't done down dunno each eight eighteen eighty either eleven else
        er erm even ever every everybody everyone everything fifteen fifty fine first five for forty four fourteen
        from gave get gets getting give go goes going gone gonna good got gotta great guess had hadn't half has hasn't
        have haven't having he he'd he'll he's her here here's hers herself hey him himself his hmm honestly how
        however hundred i i'd i'll i'm i've if in into is isn't it it'd it'll it's its itself just kind kinda know
        last let let's like likely literally little lot lots made make makes making many may maybe me mean mhm might
        mine mm more most much must my myself n't need needn't never new next nice nine nineteen ninety no nobody none
        nor not nothing now obviously of off oh ok okay old on once one ones only onto or other others our ours
        ourselves out over own perhaps please pretty probably put quite rather really right said same saw say saying
        says second see seems seen seven seventeen seventy she she'd she'll she's should shouldn't since six sixteen
        sixty small so some somebody somehow someone something sometimes somewhere sort still stuff such sure take
        taken ten than thank thanks that that'd that'll that's the their theirs them themselves then there there'd
        there's these they they'd they'll they're they've thing things think third thirteen thirty this those though
        thought thousand three through to together told too took toward towards twelve twenty two uh um under until up
        upon us use used very via want wanted was wasn't way we we'd we'll we're we've well went were weren't what
        what's whatever when where whether which while who who's whole whom whose why will with within without won't
        would wouldn't yeah yep yes yet you you'd you'll you're you've your yours yourself
        """,
    "de": """
        ab aber ach acht alle allem allen aller alles als also am an andere anderen anders auch auf aus bei beim
        bereits bin bis bisschen bist da dabei dadurch dafür dagegen daher dahin damals damit danach dann daran darauf
        daraus darf darin darum darüber das dass davon davor dazu dein deine dem den denen denn der deren des deshalb
        dich die dies diese diesem diesen dieser dieses dir doch dort drei dreißig du durch eben eigentlich ein eine
        einem einen einer eines einfach einige einmal eins elf er erste ersten es etwa etwas euch euer eure fünf für
        gab ganz ganze ganzen gar gegen gehen geht gemacht genau gerade gern gerne gesagt gewesen gibt ging gut gute
        guten habe haben halt hast hat hatte hatten her hier hin hinter hm hundert hätte hätten ich ihm ihn ihnen ihr
        ihre ihrem ihren ihrer im immer in ins irgendwann irgendwie ist ja jede jedem jeden jeder jedes jemand jetzt
        kam kann kannst kein keine keinem keinen keiner konnte konnten können könnte könnten mache machen macht mag
        mal man manchmal mehr mein meine meinem meinen meiner mich mir mit muss musste möchte müssen na nach nachdem
        natürlich ne nein neue neuen neun nicht nichts nie niemand noch nun nur ob oder ohne okay quasi sag sage sagen
        sagt schon sechs sehr sei sein seine seinem seinen seiner seit selbst sich sie sieben sind so sogar solche
        soll sollen sollte sollten somit sondern sonst sowas sowie sozusagen statt tausend trotzdem um und uns unser
        unsere unserem unseren unserer unter viel viele vielen vielleicht vier vom von vor wann war waren warum was
        weg wegen weil weiter weiß welche welchem welchen welcher welches wenig wenn wer werde werden wie wieder will
        wir wird wirklich wo wollen wollte worden wurde wurden würde würden zehn zu zum zur zwanzig zwar zwei zwischen
        zwölf äh ähm über überhaupt
        """,
    "fr": """
        a ai aie alors après as assez au aucun aussi autre autres aux avais avait avant avec avez avoir avons bah
        beaucoup ben bien bon bonne c'est c'était car ce ceci cela celle celles celui cent ces cet cette ceux chaque
        chez ci cinq comme comment d d'accord dans de depuis des dix donc dont douze du déjà elle elles en encore
        enfin entre es est est-ce et eu euh eux faire fais fait faites faut fois font grand grande hein huit ici il
        ils j j'ai j'avais j'étais jamais je juste l la le les leur leurs lui là m ma mais me mes mille moi moins mon
        même mêmes n n'ai n'est ne neuf non nos notre nous on ont onze ou oui où par parce pas petit petite peu peut
        peux plus plusieurs pour pourquoi pourrait pouvoir premier première puis qu qu'elle qu'il qu'ils qu'on quand
        quand-même quatre que quel quelle quelles quelque quelques quels qui quoi rien s s'est sa sais sans se sept
        sera ses seulement si sinon six soit sommes son sont sous souvent suis sur t ta te tellement tes toi ton
        toujours tous tout toute toutes trente trois trop très tu un une va vais vers veut veux vingt voilà voir vont
        vos votre vous vraiment y ça étaient était été être
        """,
    "es": """
        a ahora ahí al algo alguien alguna algunas algunos algún allí ante antes aquel aquella aquí así aun aunque aún
        bastante bien buena bueno cada casi cien cinco claro como con contra cosa cosas cual cualquier cuando cuanto
        cuatro cuál cuándo cómo de del desde después dice diez digo doce donde dos durante dónde e eh el ella ellas
        ellos en entonces entre era eran eres es esa esas ese eso esos esta estaba estaban estamos estar estas este
        esto estos estoy está están fue fueron gran grande gusta ha haber hablar había habían hace hacer hacía hago
        han hasta hay haya he hemos hice hizo igual incluso la las le les lo los luego me menos mi mientras mil mis
        misma mismo mucha muchas mucho muchos muy más mí nada nadie ni ninguna ningún no nos nosotros nuestra nuestro
        nueve o ocho once os otra otras otro otros para pero poco poder podía por porque primera primero puede pueden
        puedo pues que quien quiero quién qué realmente sea según seis ser si sido siempre siete sin sino sobre sois
        solo somos son soy su sus sé sí sólo también tampoco tan tanto te tenemos tener tengo tenía ti tiene tienen
        toda todas todavía todo todos treinta tres tu tus tú un una unas uno unos usted ustedes va vale vamos van
        veces veinte ver verdad vez voy y ya yo él ésta éste
        """,
    "it": """
        a abbiamo ad adesso agli ai al alcune alcuni alla alle allora altra altre altri altro anche ancora avere aveva
        avevo avuto bene buona buono c'era c'è cento che chi ci cinque cioè ciò col come con cosa così cui da dagli
        dai dal dalla dalle davvero degli dei del dell della delle dello dentro di dieci dire dodici dopo dove due e
        ecco ed era erano ero essere fa faccio fare fatto forse fra già gli ha hai hanno ho i il in infatti io la le
        lei li lo loro lui là lì ma magari mai me meno mi mia mie miei mille mio molta molto ne negli nei nel nella
        nelle nessuno niente no noi non nostra nostro nove nulla né o ogni oppure ora otto per perché però più poco
        poi posso praticamente prima primo proprio può qua qualche qualcosa qualcuno quale quando quanto quasi quattro
        quel quella quelle quelli quello questa queste questi questo qui quindi sa se sei sempre senza sette si sia
        siamo solo sono sopra sotto sta stata stati stato sto su sua sue sugli sui sul sulla suo suoi sì tanto te ti
        tra tre trenta troppo tu tua tuo tutta tutte tutti tutto un una undici uno va vabbè vado vai venti vi voi
        volta vuole è
        """,
    "pt": """
        a acho agora ainda algo algum alguma alguns alguém ali além antes ao aos apenas aquela aquele aqui aquilo as
        assim até aí bem boa bom cada cem cinco coisa coisas com como da das daí de dela dele deles depois desde dessa
        desse desta deste dez disso do dois dos doze e ela elas ele eles em embora entre então era eram essa essas
        esse esses esta estar estava estavam este estes estou está estão eu faz fazer fez foi foram gente grande há
        isso isto já la lhe lá mais mas me mesmo meu meus mil mim minha minhas muita muitas muito muitos na nada nas
        nem nenhum nenhuma no nos nossa nosso nove num numa nunca não né nós o oito onde onze os ou outra outras outro
        outros para pela pelo pode podem pois por porque pouco pra primeira primeiro pro quais qual quando quanto
        quatro que quem quer quero quê se sei seis seja sem sempre sendo ser será sete seu seus sim sobre sou sua suas
        são só tal talvez também te tem temos tenho ter teve tinha tipo toda todas todo todos trinta três tu tua tudo
        tá tão têm uhum um uma umas uns vai vamos vez vezes vinte você vocês vou à às é
        """,
    "nl": """
        aan acht af al alle alleen alles als altijd anders beetje ben bent best bij bijvoorbeeld binnen daar daarna
        daarom dan dat de dertig deze die dingen dit doe doen doet door drie duizend dus een eens eerst eerste eh
        eigenlijk elf elk elke en enkele er erg ergens even gaan gaat gedaan geeft geen gehad geweest gewoon ging goed
        goede haar had hadden heb hebben hebt heeft heel hem het hier hij hoe honderd hun hè iedereen iemand iets ik
        in is ja je jij jou jouw jullie kan kon kunnen kwam maar maken me mee meer meestal men met mij mijn misschien
        moest moet moeten na naar natuurlijk nee negen niemand niet niets nieuwe nog nooit nou nu of om omdat onder
        ons onze ook op over per precies rond soms steeds te tegen terug tien toch toe toen tot tussen twaalf twee
        twintig uhm uit van veel verder vier vijf vind volgens voor voordat waar waarom wanneer want waren was wat we
        weer weet weg wel welke werd wie wij wil wilde willen word worden wordt zal ze zeg zeggen zegt zei zelf zes
        zeven zich zij zijn zo zoals zonder zou zouden
        """,
    "sv": """
        all alla allt alltid alltså att av bara behöver blev bli blir bort bra dag de deg dem den denna deras dess
        dessa det detta dig din ditt dock dom du där därför då efter eftersom egentligen eh ej eller elva en er ett
        faktiskt fem fick finns fram från fyra får för före första ganska ge genom ger gick gjorde gå går gör göra ha
        hade han hans har hela henne hennes hon honom hos hundra hur här i ibland igen in inga ingen ingenting inget
        innan inte ja jag jo ju kan kanske kom kommer kunde liksom lite man med mellan men mer mest mig min mina mitt
        mm mot mycket måste nej ner ni nio nog nu nya när nästan någon något några och också olika om oss på redan
        rätt sa samma sedan ser sex sig sin sina sist sitt sju själv ska skulle som stor säga säger sätt så sådan
        sådana till tills tio tjugo tolv tre trettio tror tusen två tycker typ under upp ur ut utan vad var vara
        varför varit varje vem vet vi vid vilka vilken vilket vill ville väl än ändå är åt åtta öh över
        """,
}

_HURRIED = ["im", "ive", "id", "youre", "youve", "thats", "whats", "theres", "theyre", "theyve", "havent", "dunno"]
"""English as it is typed in a hurry; the other words lose their apostrophe below."""


def _words(language: str) -> frozenset[str]:
    words = _TEXT[language].casefold().split()
    bare = [word.replace("'", "") for word in words if word.endswith("n't")]
    return frozenset([*words, *bare, *(_HURRIED if language == "en" else ())])


STOP_WORDS: Mapping[str, frozenset[str]] = {language: _words(language) for language in _TEXT}
"""Language → its words without a meaning of their own, casefolded."""
