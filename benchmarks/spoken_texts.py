"""What the made voices of the benchmarks say, by espeak-ng's code of the language."""

from collections.abc import Mapping

TEXTS: Mapping[str, str] = {
    "en": (
        "Good morning, thank you for calling. This call is recorded for quality purposes. How may I help "
        "you today? I see, your order was sent on Monday and should arrive by Thursday. May I have your "
        "number please? Certainly, let me check that for you. One moment please. Your contract runs "
        "until the end of May, and we would like to offer you another year at the same price. Is there "
        "anything else that I can do for you?"
    ),
    "hu": (
        "Jó napot kívánok, köszönöm, hogy minket hívott. A beszélgetést rögzítjük. Miben segíthetek ma "
        "önnek? Értem, a csomagját hétfőn adtuk fel, és csütörtökig meg kell érkeznie. Megkérdezhetem a "
        "telefonszámát? Természetesen, azonnal megnézem. Egy pillanat türelmét kérem. A szerződése május "
        "végéig érvényes, és szeretnénk még egy évet ajánlani ugyanezen az áron. Segíthetek még "
        "valamiben?"
    ),
    "fa": (
        "سلام، روز شما بخیر، از تماس شما سپاسگزارم. این مکالمه ضبط می‌شود. چطور می‌توانم به شما کمک کنم؟ "
        "سفارش شما روز دوشنبه ارسال شد و تا پنج‌شنبه می‌رسد. لطفا شماره تلفن خود را بفرمایید. حتما، الان "
        "بررسی می‌کنم. یک لحظه صبر کنید. آیا کار دیگری هست که بتوانم برای شما انجام دهم؟"
    ),
    "de": (
        "Guten Tag, vielen Dank für Ihren Anruf. Dieses Gespräch wird aufgezeichnet. Wie kann ich Ihnen "
        "heute helfen? Ihre Bestellung wurde am Montag verschickt und sollte bis Donnerstag ankommen. "
        "Einen Moment bitte, ich sehe gleich nach. Ihr Vertrag läuft bis Ende Mai."
    ),
    "ru": (
        "Добрый день, спасибо за ваш звонок. Разговор записывается. Чем я могу вам помочь? Ваш заказ "
        "отправили в понедельник, он придёт до четверга. Одну минуту, пожалуйста, я сейчас проверю."
    ),
    "es": (
        "Buenos días, gracias por llamar. Esta llamada se graba por motivos de calidad. ¿En qué puedo "
        "ayudarle hoy? Su pedido salió el lunes y debería llegar el jueves. Un momento por favor, lo "
        "compruebo ahora mismo."
    ),
    "fr": (
        "Bonjour, merci de votre appel. Cette conversation est enregistrée. Comment puis-je vous aider "
        "aujourd'hui ? Votre commande est partie lundi et devrait arriver jeudi."
    ),
}
