"""The negation guard: no refusal passes as consent, in any of the three languages."""

# ruff: noqa: RUF001 - letters of three scripts

import pytest

from voiceops.analysis.evaluate import evaluate, outcome_of_sentence
from voiceops.domain.finding import Outcome
from voiceops.domain.keyword_set import Expectation, Keyphrase, KeywordSet, Rule, RuleParty
from voiceops.domain.recording import Party
from voiceops.domain.transcript import Transcript, Utterance

VARIANTS = {
    "en": "I agree to the data processing",
    "hu": "hozzájárulok az adatkezeléshez",
    "fa": "با پردازش اطلاعاتم موافقم",
}


def the_outcome(code: str, variant: str, sentence: str) -> Outcome:
    rule = Rule("rule", "rule", Expectation.REQUIRED, any_of=("phrase",), party=RuleParty.CUSTOMER)
    keyphrases = {"phrase": Keyphrase("phrase", (variant,))}
    return outcome_of_sentence(rule, KeywordSet("s", 1, "t", code, "o", "r", keyphrases, (rule,)), sentence)


@pytest.mark.parametrize(
    ("code", "sentence"),
    [
        ("en", "I do not agree to the data processing"),
        ("en", "no, I don't agree to the data processing"),
        ("en", "I don't think I want to agree to the data processing"),
        ("en", "I can't agree to the data processing"),
        ("en", "I never agreed to the data processing"),
        ("en", "I refuse to agree to the data processing"),
        ("hu", "nem járulok hozzá az adatkezeléshez"),
        ("hu", "az adatkezeléshez nem járulok hozzá"),
        ("hu", "hozzájárulni az adatkezeléshez nem szeretnék"),
        ("hu", "nem szeretnék hozzájárulni az adatkezeléshez"),
        ("fa", "با پردازش اطلاعاتم موافق نیستم"),
        ("fa", "نه با پردازش اطلاعاتم موافق نیستم"),
    ],
)
def test_a_refusal_is_a_refusal(code: str, sentence: str) -> None:
    assert the_outcome(code, VARIANTS[code], sentence) is Outcome.REFUSED


@pytest.mark.parametrize(
    ("code", "sentence"),
    [
        ("en", "yes I agree to the data processing"),
        ("en", "no problem, I agree to the data processing"),
        ("en", "yes I do agree to the data processing"),
        ("en", "I do agree to the data processing"),
        ("hu", "igen, hozzájárulok az adatkezeléshez"),
        ("hu", "nem gond, hozzájárulok az adatkezeléshez"),
        ("fa", "بله با پردازش اطلاعاتم موافقم"),
    ],
)
def test_consent_is_consent_also_beside_a_harmless_no(code: str, sentence: str) -> None:
    assert the_outcome(code, VARIANTS[code], sentence) is Outcome.MET


@pytest.mark.parametrize(
    ("code", "sentence"),
    [
        ("en", "I do knot agree to the data processing"),
        ("en", "I do note agree to the data processing"),
        ("hu", "nen járulok hozzá az adatkezeléshez"),
        ("hu", "járulok hozzá az adatkezeléshez"),
        ("fa", "با پردازش اطلاعاتم موافق نیسم"),
    ],
)
def test_where_a_no_may_have_been_lost_a_person_decides(code: str, sentence: str) -> None:
    assert the_outcome(code, VARIANTS[code], sentence) is Outcome.UNCERTAIN


@pytest.mark.parametrize(
    ("code", "sentence"),
    [
        ("en", "do I agree to the data processing?"),
        ("en", "what happens if I agree to the data processing"),
        ("hu", "ha hozzájárulok az adatkezeléshez mi történik"),
        ("fa", "اگر با پردازش اطلاعاتم موافقم"),
        ("fa", "من با پردازش اطلاعاتم مخالفم"),
    ],
)
def test_asking_supposing_or_opposing_is_not_consenting(code: str, sentence: str) -> None:
    assert the_outcome(code, VARIANTS[code], sentence) in {Outcome.MISSED, Outcome.REFUSED}


@pytest.mark.parametrize(
    ("code", "variant", "met", "opposite"),
    [
        ("en", "there is no obligation", "there is no obligation to buy", "there is an obligation to buy"),
        ("hu", "nem jár költséggel", "ez nem jár semmilyen költséggel", "ez bizony jár költséggel"),
        ("fa", "هیچ هزینه‌ای ندارد", "این هیچ هزینه ای ندارد", "این هزینه دارد"),
    ],
)
def test_a_wording_with_a_no_of_its_own_wants_that_no(code: str, variant: str, met: str, opposite: str) -> None:
    assert the_outcome(code, variant, met) is Outcome.MET
    assert the_outcome(code, variant, opposite) in {Outcome.MISSED, Outcome.UNCERTAIN}


def test_without_denies_only_the_word_it_governs() -> None:
    withdraw = "you can cancel within fourteen days"
    assert the_outcome("en", withdraw, "you can cancel without any reason within fourteen days") is Outcome.MET
    assert the_outcome("en", "this call is recorded", "this call is made without being recorded") is not Outcome.MET


@pytest.mark.parametrize(
    ("code", "variant", "sentence"),
    [
        ("hu", "bezzeg a másik szolgáltatónál", "bezzeg a másik szolgáltatónál nem kell ennyit várni"),
        ("en", "put me through to a manager", "can you put me through to a manager"),
        ("en", "you are speaking to {name}", "hi there you're speaking to Karen"),
        ("hu", "a havidíj {number} forint", "a havidíj ötezerforint"),
    ],
)
def test_a_no_of_another_verb_a_request_and_a_name_leave_the_wording_alone(
    code: str, variant: str, sentence: str
) -> None:
    assert the_outcome(code, variant, sentence) is Outcome.MET


@pytest.mark.parametrize(
    ("code", "variant", "sentence"),
    [
        ("en", VARIANTS["en"], "I refose to agree to the data processing"),
        ("en", "we guarantee delivery times", "we ton'd guarantee delivery times"),
        ("en", "this call is recorded", "call is recorded?"),
        ("hu", "a hívást rögzítjük", "rögzítik a hívást"),
        ("hu", VARIANTS["hu"], "hozzá kell járulnom az adatkezeléshez"),
        ("hu", VARIANTS["hu"], "az adatkezelést nem kell elfogadnom"),
    ],
)
def test_what_may_be_a_refusal_a_question_or_the_act_of_others_is_not_met(
    code: str, variant: str, sentence: str
) -> None:
    assert the_outcome(code, variant, sentence) is not Outcome.MET


@pytest.mark.parametrize(
    ("code", "turns", "outcome"),
    [
        ("en", ("I can't find the letter", "I agree to the data processing"), Outcome.MET),
        ("en", ("I do not want to", "agree to the data processing"), Outcome.REFUSED),
        ("hu", ("nem találom a levelet", "hozzájárulok az adatkezeléshez"), Outcome.MET),
        ("hu", ("nem szeretnék", "hozzájárulni az adatkezeléshez"), Outcome.REFUSED),
        ("fa", ("نامه را پیدا نمی‌کنم چون دیر است", "با پردازش اطلاعاتم موافقم"), Outcome.MET),
    ],
)
def test_a_no_of_the_turn_before_reaches_on_only_where_that_turn_is_unfinished(
    code: str, turns: tuple[str, str], outcome: Outcome
) -> None:
    said = tuple(Utterance(Party.CUSTOMER, 3.0 * at, 3.0 * at + 2.8, text) for at, text in enumerate(turns))
    rule = Rule("rule", "rule", Expectation.REQUIRED, any_of=("phrase",), party=RuleParty.CUSTOMER)
    keyphrases = {"phrase": Keyphrase("phrase", (VARIANTS[code],))}
    found = evaluate(KeywordSet("s", 1, "t", code, "o", "r", keyphrases, (rule,)), Transcript(code, 9.0, said))
    assert found.findings[0].outcome is outcome


@pytest.mark.parametrize(
    ("code", "variant", "sentence"),
    [
        ("en", "I authorise the direct debit", "who authorised the direct debit"),
        ("en", "I agree to receive advertising", "hello so do I have to agree to receive advertising"),
        ("en", "I agree to receive advertising", "I agree to receive advertising, what happens then?"),
        ("hu", "panaszt szeretnék tenni", "és hogyan lehet panaszt tenni"),
        ("hu", "még ma el kell döntenie", "még ma el kell döntenem?"),
        ("fa", "می‌خواهم شکایت کنم", "چطور می‌خواهم شکایت کنم"),
        ("fa", "باید همین امروز تصمیم بگیرید", "آیا باید همین امروز تصمیم بگیرم؟"),
    ],
)
def test_a_question_whose_marks_were_lost_is_still_not_said(code: str, variant: str, sentence: str) -> None:
    assert the_outcome(code, variant, sentence) is Outcome.MISSED


@pytest.mark.parametrize(
    ("code", "variant", "sentence"),
    [
        ("en", "you must sign right now", "you neud't sign right now"),
        ("en", "we refund the whole amount", "wecannot refund the whole amount"),
        ("en", "I authorise the direct debit", "I nefor authorised the direct debit"),
        ("en", "I agree to receive advertising", "uf I agree to receive advertising"),
        ("hu", "hozzájárulok az adatkezeléshez", "hozzá ke járulnom az adatkezeléshez"),
        ("hu", "küldhetnek nekem hírlevelet", "küldtek nekem hírlevelet"),
    ],
)
def test_what_is_left_of_a_damaged_no_if_or_must_never_passes(code: str, variant: str, sentence: str) -> None:
    assert the_outcome(code, variant, sentence) in {Outcome.UNCERTAIN, Outcome.REFUSED, Outcome.MISSED}


@pytest.mark.parametrize(
    ("code", "variant", "sentence"),
    [
        ("en", "there are no hidden charges", "there will beno hidden charges"),
        ("en", "put me through to a manager", "can you me through to a manager"),
        ("en", "I would like to file a complaint", "I wrote that down I would like to file a complaint"),
        ("hu", "jó napot kívánok miben lehetek a segítségére", "jó napot kívánok, miben lehetek a segítségére?"),
        ("fa", "همکارم با شما تماس می‌گیرد", "همکارم بعدا با شما تماس می‌گیرد"),
    ],
)
def test_what_was_said_is_not_doubted_for_a_word_like_a_no(code: str, variant: str, sentence: str) -> None:
    assert the_outcome(code, variant, sentence) is Outcome.MET


def test_only_is_not_harmless_where_the_wording_itself_says_only() -> None:
    assert the_outcome("hu", "ez az ajánlat csak ma érvényes", "ez az ajánlat nem csak ma érvényes") is Outcome.REFUSED
    assert the_outcome("hu", "ez az ajánlat ma érvényes", "ez az ajánlat nem csak ma érvényes") is Outcome.MET


def test_a_negation_is_never_read_as_the_rest_of_a_split_word() -> None:
    heard = "a beszélgetés nem kerül rögzítésre"
    assert the_outcome("hu", "a beszélgetésünket rögzítjük", heard) is Outcome.REFUSED


def test_a_word_and_its_opposite_are_two_words() -> None:
    assert the_outcome("en", "this is unacceptable", "this is perfectly acceptable") is Outcome.MISSED
    assert the_outcome("fa", "خیلی ناراضی هستم", "خیلی راضی هستم") is not Outcome.MET


def test_spoken_persian_is_written_persian() -> None:
    assert the_outcome("fa", "مرا به سرپرستتان وصل کنید", "منو به سرپرستتون وصل کنید") is Outcome.MET
    assert the_outcome("fa", "با مدیرتان صحبت کنم", "با مدیرتون صحبت کنم") is Outcome.MET


@pytest.mark.parametrize(
    ("code", "variant", "sentence"),
    [
        ("en", "I agree to the processing of my data", "before I agree to the processing of my data I want to read it"),
        ("en", "I consent to data processing", "once I consent to data processing what happens"),
        ("en", "I consent to data processing", "my wife told me that I consent to data processing"),
        ("en", "I agree to the processing of my data", "who agreed to the processing of my data"),
        ("hu", "hozzájárulok az adatkezeléshez", "muszáj hozzájárulnom az adatkezeléshez"),
        ("hu", "hozzájárulok az adatkezeléshez", "hozzájárul az adatkezeléshez"),
        ("fa", "با پردازش داده‌هایم موافقم", "به محض اینکه با پردازش داده‌هایم موافقم"),
        ("fa", "بابت تاخیر عذرخواهی می‌کنم", "بابت تاخیر عذرخواهی می‌کند"),
    ],
)
def test_a_condition_a_report_and_another_persons_act_are_not_the_speakers_word(
    code: str, variant: str, sentence: str
) -> None:
    assert the_outcome(code, variant, sentence) is not Outcome.MET


@pytest.mark.parametrize(
    ("code", "variant", "sentence"),
    [
        ("en", "I agree to the processing of my data", "there is no way I agree to the processing of my data"),
        ("en", "I consent to data processing", "I hardly consent to data processing"),
        ("hu", "hozzájárulok az adatkezeléshez", "eszem ágában sincs hozzájárulni az adatkezeléshez"),
        ("fa", "با پردازش داده‌هایم موافقم", "نه با پردازش داده هایم مخالفم"),
    ],
)
def test_a_refusal_in_other_words_than_not_is_no_consent(code: str, variant: str, sentence: str) -> None:
    assert the_outcome(code, variant, sentence) is not Outcome.MET


def test_as_somebody_told_you_is_still_the_speakers_own_word() -> None:
    sentence = "as my colleague told you this call is recorded"
    assert the_outcome("en", "this call is recorded", sentence) is Outcome.MET


def test_a_statement_behind_a_short_answer_is_no_question() -> None:
    sentence = "yes it is you have the right to cancel within fourteen days"
    assert the_outcome("en", "you have the right to cancel within fourteen days", sentence) is Outcome.MET


@pytest.mark.parametrize(
    ("variant", "sentence"),
    [
        ("you have to decide today", "there's nu need to decide today"),
        ("you have to decide today", "there is note need to decide today"),
        ("I want to speak to a manager", "I ever said I want to speak to a manager"),
        ("our lines are recorded", "nene of our lines are recorded"),
        ("you may keep my number", "I'd rather you did keep my number"),
        ("you can return it without a receipt", "I'm afraid you can return it without a receipt"),
        (VARIANTS["en"], "I agree to the data processing absolutely note"),
        (VARIANTS["en"], "I forgot to agree to the data processing"),
    ],
)
def test_what_only_a_lost_no_explains_is_left_to_a_person(variant: str, sentence: str) -> None:
    assert the_outcome("en", variant, sentence) is Outcome.UNCERTAIN


@pytest.mark.parametrize(
    ("variant", "sentence"),
    [
        ("we guarantee delivery times", "we cannotguarantee delivery times"),
        ("we guarantee delivery times", "we do'd guarantee delivery times"),
        ("I promise you that prices will never rise", "I can't promise you that prices will never"),
        ("you can return it without giving a reason", "you cannot return it and just give a reason"),
    ],
)
def test_a_damaged_or_joined_no_still_refuses(variant: str, sentence: str) -> None:
    assert the_outcome("en", variant, sentence) is Outcome.REFUSED


@pytest.mark.parametrize(
    ("variant", "sentence"),
    [
        ("you can return it without giving a reason", "you can return it and you don't have to give a reason"),
        ("I agree to the data processing", "I'm happy to agree to the data processing"),
        ("you have to decide today", "you need to decide today"),
        ("you have to decide today", "I'm afraid you have to decide today"),
    ],
)
def test_what_says_the_same_with_another_no_or_a_wish_is_met(variant: str, sentence: str) -> None:
    assert the_outcome("en", variant, sentence) is Outcome.MET


@pytest.mark.parametrize(
    ("code", "variant", "sentence"),
    [
        ("hu", "a havidíj {number} forint", "a havidíj net ötezer forint"),
        ("hu", "bocsánatot kérek a késedelemért", "net kérek bocsánatot a késedelemért"),
        ("fa", "این تماس کاملا رایگان است", "مجبور نیستهت این تماس کاملا رایگان است"),
        ("fa", "باید همین امروز تصمیم بگیرید", "لازم نسبت همین امروز تصمیم بگیرید"),
        ("fa", "برای پیشنهادها تماس بگیرید", "برای پیشنهادها تماس گیرید"),
    ],
)
def test_a_damaged_no_before_what_it_denies_is_left_to_a_person(code: str, variant: str, sentence: str) -> None:
    assert the_outcome(code, variant, sentence) is Outcome.UNCERTAIN


def test_a_no_before_a_word_of_need_refuses_what_is_needed() -> None:
    variant = "megmondaná az édesanyja nevét"
    assert the_outcome("hu", variant, "nem szükséges megmondania az édesanyja nevét") is Outcome.REFUSED


@pytest.mark.parametrize("negated", ["نمی‌توانم", "نمي توانم"])
def test_a_persian_denial_before_a_wording_that_denies_is_read_with_either_space(negated: str) -> None:
    assert the_outcome("fa", "قول می‌دهم قیمت بالا نرود", f"{negated} قول بدهم قیمت بالا نرود") is Outcome.REFUSED


def test_nobody_being_able_to_promise_promises_nothing() -> None:
    said = "هیچ‌کس نمی‌تونه قول بده که با درخواستتون موافقت بشه"
    assert the_outcome("fa", "قول می‌دهم با درخواست شما موافقت شود", said) is not Outcome.MET


def test_a_persian_prefix_denies_its_own_verb_and_not_the_clause_behind_it() -> None:
    assert the_outcome("fa", "این تماس ضبط می‌شود", "هنوز قطعه از انبار نرسیده این تماس ضبط می‌شود") is Outcome.MET
    assert the_outcome("fa", "این تماس ضبط می‌شود", "نمی‌خواهم این تماس ضبط شود") is not Outcome.MET
    assert the_outcome("fa", "این تماس ضبط می‌شود", "نمی‌پذیرم این تماس ضبط شود") is not Outcome.MET


@pytest.mark.parametrize(
    ("code", "variant", "sentence"),
    [
        ("fa", "برایم پیامک بفرستید", "چرا برایم پیامک می‌فرستید؟"),
        ("hu", "küldhetnek nekem hírlevelet", "miért küldenek nekem hírlevelet?"),
        ("hu", "bocsánatot kérek a késedelemért", "kérte hogy bocsánatot kérjünk a késedelemért"),
    ],
)
def test_why_something_is_done_and_what_others_asked_for_are_no_requests(
    code: str, variant: str, sentence: str
) -> None:
    assert the_outcome(code, variant, sentence) is not Outcome.MET


@pytest.mark.parametrize(
    ("variant", "sentence"),
    [
        ("می‌خواهم از تخفیف‌ها باخبر شوم", "می‌خوام از تخفیف‌ها باخبر بشم"),
        ("می‌روم سراغ یک شرکت دیگر", "من میرم سراغ یه شرکت دیگه"),
    ],
)
def test_persian_is_understood_as_it_is_spoken(variant: str, sentence: str) -> None:
    assert the_outcome("fa", variant, sentence) is Outcome.MET


def test_a_spoken_persian_denial_denies() -> None:
    assert the_outcome("fa", "می‌روم سراغ یک شرکت دیگر", "نه سراغ یه شرکت دیگه نمیرم") is Outcome.REFUSED


@pytest.mark.parametrize(
    ("code", "variant", "sentence"),
    [
        ("en", "you are entitled to a refund", "did the shop tell you that you are entitled to a refund"),
        ("en", "delivery costs five pounds a day", "does delivery cost five pounds a day at the other shop"),
        ("en", "I agree to the new price", "you want me to say I agree to the new price"),
        ("hu", "jogosult kedvezményre", "ha jogosult kedvezményre, levelet kap"),
        ("hu", "jogosult kedvezményre", "azt mondták a boltban, hogy jogosult kedvezményre"),
        ("hu", "lezárom a számláját", "lezárom a számláját, vagy inkább várjak?"),
        ("fa", "می‌توانید شکایت کنید", "اگر می‌توانید شکایت کنید به ما بگویید"),
    ],
)
def test_a_condition_a_report_or_a_question_says_nothing_also_where_the_listener_is_addressed(
    code: str, variant: str, sentence: str
) -> None:
    assert the_outcome(code, variant, sentence) is Outcome.MISSED


@pytest.mark.parametrize(
    ("code", "variant", "sentence"),
    [
        ("en", "I have lost my travel pass", "my neighbour lost her travel pass"),
        ("en", "I have closed the account for you", "the other firm has closed the account for him"),
        ("en", "I have closed the account for you", "I will close the account for you"),
        ("en", "you can send me a letter", "the doctor always sends me a letter"),
        ("hu", "romolhat a besorolása", "mitől félt, romolhat a besorolása?"),
        ("hu", "elfogadom az ajánlatot", "elfogadnám az ajánlatot olcsóbban"),
        ("fa", "می‌توانید شکایت کنید", "می‌توانید شکایت کنید؟"),
    ],
)
def test_another_persons_matter_what_is_to_come_and_what_may_be_asked_are_never_met(
    code: str, variant: str, sentence: str
) -> None:
    assert the_outcome(code, variant, sentence) in {Outcome.UNCERTAIN, Outcome.MISSED}


@pytest.mark.parametrize(
    ("code", "variant", "sentence"),
    [
        ("hu", "mondja meg a nevét", "megmondaná kérem a nevét?"),
        ("hu", "hozzájárul az adatkezeléshez", "hozzájárul kérem az adatkezeléshez?"),
        ("fa", "سوال دیگری دارید", "آیا سوال دیگری دارید"),
        ("en", "did you bring your card", "did you bring your card"),
    ],
)
def test_a_polite_question_says_what_its_wording_asks_for(code: str, variant: str, sentence: str) -> None:
    assert the_outcome(code, variant, sentence) is Outcome.MET
