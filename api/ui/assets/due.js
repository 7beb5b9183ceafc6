// Keeps clocks true while a page stays open: how long is left, and the colour as the due time nears.

const SOON_MS = 30 * 60_000;
const STEPS = [["day", 86_400_000], ["hour", 3_600_000], ["minute", 60_000]];
// The digits of the times beside it.
const words = new Intl.RelativeTimeFormat(`${document.documentElement.lang}-u-nu-latn`, { numeric: "always" });

const first = document.querySelector("[data-now]");
const ahead = first ? Date.now() - Date.parse(first.dataset.now) : 0; // of the server's clock

function left(ms) {
  const [unit, size] = STEPS.find(([, size]) => Math.abs(ms) >= size * 1.5) ?? STEPS.at(-1);
  return words.format(Math.round(ms / size) || Math.sign(ms), unit);
}

function show(clock, now) {
  const ms = Date.parse(clock.dateTime) - now;
  const press = ms < 0 ? "overdue" : ms <= SOON_MS ? "soon" : "later";
  for (const part of [clock, clock.closest("li")]) {
    part?.classList.remove("overdue", "soon", "later");
    part?.classList.add(press);
  }
  if (ms < 0) clock.firstElementChild.textContent = clock.dataset.overdue;
  clock.querySelector(".left").textContent = left(ms);
}

export function showClocks() {
  for (const clock of document.querySelectorAll("time[data-overdue]")) show(clock, Date.now() - ahead);
}

setInterval(showClocks, 10_000);
