"""English: contractions, light endings, spelling to sound, numbers in words, and how it says no."""

# ruff: noqa: SIM905, PLR2004 - lists that people read and edit are one text, in the language's
# own letters, and how many letters an ending leaves is said where it is stripped

import re
from functools import lru_cache

from voiceops.analysis.languages.language import Language, fold_accents, pair_set, word_set

_UNITS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
    "sixteen seventeen eighteen nineteen"
).split()
_TENS = ("twenty thirty forty fifty sixty seventy eighty ninety").split()
_ORDINALS = {"first": 1, "second": 2, "third": 3, "fifth": 5, "eighth": 8, "ninth": 9, "twelfth": 12}
_NUMBERS = {word: value for value, word in enumerate(_UNITS)}
_NUMBERS |= {word: 20 + 10 * step for step, word in enumerate(_TENS)}
_NUMBERS |= {"hundred": 100, "thousand": 1000, "million": 1_000_000, "fourty": 40}

_PIECES = {
    "can't": "can not", "cannot": "can not", "cant": "can not", "won't": "will not", "wont": "will not",
    "shan't": "shall not", "ain't": "is not", "aint": "is not", "let's": "let us", "gonna": "going to",
    "wanna": "want to", "gotta": "got to", "lemme": "let me", "ok": "okay", "thanks": "thank you",
    "im": "i am", "ive": "i have", "youre": "you are", "weve": "we have", "theres": "there is",
    "thats": "that is", "whats": "what is", "youll": "you will", "itll": "it will", "dunno": "do not know",
    "goodbye": "good bye", "yeah": "yes", "yep": "yes", "nope": "no", "nah": "no", "tv": "television",
}  # fmt: skip
_AUXILIARIES = ("is are was were do does did have has had could would should must need might").split()
_PIECES |= {f"{aux}not": f"{aux} not" for aux in (*_AUXILIARIES, "will", "may", "shall")}
_PIECES |= {f"{aux}nt": f"{aux} not" for aux in _AUXILIARIES}
# The last sound of "n't" may be voiced by what follows; and nothing else ends in "'t", whatever became of the verb.
_ENDINGS = {
    "n't": "not",
    "n'd": "not",
    "'t": "not",
    "'re": "are",
    "'ll": "will",
    "'ve": "have",
    "'m": "am",
    "'d": "would",
}
# Little words that a recogniser writes together with the "no" or "not" behind them: "isno", "wecannot".
_JOINS_NO = word_set(
    "i you he she we they it this that there is are was were be do does did have has had can could "
    "will would shall should may might must need am and but at with"
)
_IS = word_set("it that he she what there here who where how this")


# What a refusal begins with when a recogniser writes it together with its verb: "cannotpromise".
_OPENS_WITH_NO = ("cannot", *(f"{aux}n{rest}" for aux in _AUXILIARIES for rest in ("t", "ot") if len(aux) > 1))


def _with_no(word: str) -> tuple[str, ...]:
    """A word and the negation written together with it, such as "isno" and "do'd"; empty where there is none."""
    base, mark, rest = word.partition("n't")
    if mark and rest:
        return (base, "not", rest)
    if word.endswith("'d") and word[:-2] in _AUXILIARIES:
        return (word[:-2], "not")
    for opening in _OPENS_WITH_NO:
        if word.startswith(opening) and len(word) - len(opening) > 2:
            return (*_PIECES[opening].split(), word.removeprefix(opening))
    for denial in ("cannot", "not", "no"):
        if word.endswith(denial) and word.removesuffix(denial) in _JOINS_NO:
            return (word.removesuffix(denial), denial.removeprefix("can"))
    return ()


@lru_cache(maxsize=65536)
def _split(word: str) -> tuple[str, ...]:
    if word in _PIECES:
        return tuple(_PIECES[word].split())
    denied = _with_no(word)
    if denied:
        return denied
    for ending, meaning in _ENDINGS.items():
        if word.endswith(ending) and len(word) > len(ending):
            return (word[: -len(ending)], meaning)
    if word.endswith("'s"):
        return (word[:-2], "is") if word[:-2] in _IS else (word[:-2],)
    return tuple(piece for piece in word.replace("'", "").split("-") if piece)


def _fold(word: str) -> str:
    return fold_accents(word.replace("\u2019", "'").replace("\u2018", "'"))


def _stem(word: str) -> str:
    """Without the commonest endings; never shorter than three letters."""
    for ending in ("ings", "ing", "edly", "ed", "ies", "es", "ly", "s"):
        if word.endswith(ending) and len(word) - len(ending) >= 3 and not word.endswith("ss"):
            base = word[: -len(ending)]
            return base[:-1] if len(base) > 3 and base[-1] == base[-2] and base[-1] not in "ls" else base
    return word[:-1] if word.endswith("e") and len(word) > 4 else word


# Spelling to sound classes: voiced and voiceless sisters share a letter, vowels share one.
_SOUNDS = (
    (r"^kn|^gn|^pn", "n"), (r"^wr", "r"), (r"^wh", "w"), (r"^ps", "s"), (r"ph", "f"), (r"tch|ch|sh", "C"),
    (r"ti(?=o|a)", "C"), (r"dg(?=e|i|y)", "C"), (r"igh", "a"), (r"gh", ""), (r"ck|cq", "k"), (r"sc(?=e|i|y)", "s"),
    (r"c(?=e|i|y)", "s"), (r"g(?=e|i|y)", "C"), (r"j", "C"), (r"th", "t"), (r"x", "ks"), (r"q", "k"), (r"c", "k"),
    (r"mb$", "m"), (r"b", "p"), (r"d", "t"), (r"g", "k"), (r"v", "f"), (r"z", "s"), (r"h(?![aeiou])", ""),
    (r"[aeiouyw]+", "a"), (r"(.)\1+", r"\1"),
)  # fmt: skip
_SOUND_STEPS = tuple((re.compile(pattern), sound) for pattern, sound in _SOUNDS)


def _sound(word: str) -> str:
    for pattern, sound in _SOUND_STEPS:
        word = pattern.sub(sound, word)
    return word


def _number(word: str) -> int | None:
    if word in _NUMBERS:
        return _NUMBERS[word]
    return _ORDINALS.get(word) if word != "second" else None


ENGLISH = Language(
    code="en",
    fold=_fold,
    split=_split,
    stem=_stem,
    sound=_sound,
    number=_number,
    glue_back=frozenset({"t"}),
    number_links=frozenset({"and"}),
    fillers=word_set("uh um er erm hm hmm mm mmm ah oh eh mhm uhm"),
    function_words=word_set(
        "a an the this that these those i you he she it we they me him her us them my your his its our their is "
        "are was were be been being am do does did have has had will would shall should can could may might must "
        "of to in on at for from with by about as into and or but so if then than just now also there here what "
        "which who how when where all any some very please well okay yes no not let get got going go us up out "
        "off over within during after before until through while since per such both each own only"
    ),
    negations=word_set(
        "not never no without nobody none neither nor nothing"
    ),
    governing=frozenset({"without"}),
    pronouns=word_set("i you he she we they"),
    subjects=word_set("i you he she we they it this that the my your our these there anyone"),
    refusing=word_set(
        "refuse refused refusing decline declined declining disagree oppose reject rejected unwilling hardly barely "
        "scarcely object objected doubt doubts forbid forbids forbidden deny denied"
    ),
    common=word_set(
        "want like need help make take give put thing things day days month months year time now really know tell "
        "say said see look come back new good more other find keep think would much many per "
        "love wish different other another"
    ),
    answers=frozenset({"no"}),
    agreeing=word_set("yes okay sure right absolutely fine certainly course"),
    harmless=tuple(
        tuple(words.split())
        for words in (
            "no problem", "no problems", "no worries", "not only", "not just", "no doubt", "not a problem",
            "do not worry", "do not forget", "do not hesitate", "why do not", "why not", "no matter",
            "not to worry", "if not", "whether or not", "not to mention", "no trouble", "do not mind",
            "would not mind", "not bad", "never mind", "can not wait", "can not thank", "no longer than",
            "not long", "no question", "no later than",
        )
    ),
    kin=tuple(
        word_set(words)
        for words in (
            "a an the", "this that these those", "is are am be being", "was were been", "i we", "my our your", "me us",
            "will would shall should can could may might going", "do does did", "has have had", "who which that",
            "in on at", "in within", "can able", "have need must", "the my our", "about with",
            "want like love wish", "another different other", "every each per a", "some any all",
            "completely totally absolutely entirely fully definitely certainly really",
        )
    ),
    breaks=word_set("but because however although though unless since yes otherwise anyway"),
    light=word_set(
        "want think believe like wish say says said saying agree allow give going gonna able know remember mean feel "
        "happy willing ready sure comfortable need way means circumstances chance intention reason plan case even "
        "really actually necessarily hereby ever"
    ),
    reach_before=7,
    reach_after=3,
    alternative=frozenset({"or"}),
    supposing=frozenset({"if", "whether", "unless"}),
    asking=word_set("what which who whose why how when where"),
    inverted=word_set("is are was were do does did have has can could will would shall should may am"),
    requests=frozenset((ask, "you") for ask in ("can", "could", "will", "would")),
    pleading=frozenset({"please"}),
    polite=word_set("possible easier okay alright convenient"),
    orders=frozenset({("do", "not")}),
    denying_forms=tuple(f"{aux}nt" for aux in (*_AUXILIARIES, "ca", "wo")),
    near_negations=word_set("ot knot nut nod nought naught nit noth nott nat ever"),
    near_negations_inside=word_set("net note notes noted know now nor"),
    unlike_negations=word_set("sent went spent count point print front event north month"),
    opposing=("un", "dis", "im", "in", "non"),
    consequences=frozenset({("what", "happens"), ("what", "then")}),
    complementizers=frozenset({"that"}),
    averting=pair_set("far from, anything but, last thing, rather than, instead of, no way, hardly ever"),
    emphatic=word_set("absolutely definitely certainly really obviously surely course"),
    wanting_denial=pair_set("rather did, rather do, prefer did, afraid can, afraid could"),
    limiting=word_set("only just still"),
    infinitive_mark="to",
    telling=word_set("tell say mention promise explain claim confirm"),
    supporting=word_set("did does"),
    reasons=frozenset({"why"}),
    objects=word_set("me us him her them you"),
    of_others=pair_set("have has, am is, do does"),
    present_persons=word_set("i me my mine you your yours"),
    absent_persons=word_set("he him his she her hers them their theirs"),
    perfect=word_set("have has had"),
    modal=word_set("will would can could shall should may might"),
    subordinating=word_set("before after until till once when whenever supposing suppose assuming provided providing "
                           "imagine whether"),
    subordinating_pairs=pair_set("in case, soon as, long as, even if, only if, provided that, assuming that, "
                                 "supposing that, on condition, by when, the moment, the day"),
    not_subordinating=word_set("as like ever said told never at the day week year"),
    reporting=word_set("said says saying told tells asked asks claimed claims heard hears read thought promised wrote "
                       "mentioned swore insisted assured worried worries feared fears"),
    hearing=word_set("heard hears read thought told asked"),
    speaker_pronouns=word_set("i we"),
    conforming=frozenset({"as", "like"}),
    guessing=word_set("maybe perhaps possibly supposedly apparently allegedly"),
    hedging=word_set("might could may would should"),
    wishing=word_set("like love appreciate want prefer be just need rather wish hope"),
    symbols={"$": "dollar", "€": "euro", "£": "pound", "%": "percent"},
)  # fmt: skip
