// A call for QA, by keyboard: 1 to 9, n and p choose a finding and play it, c confirms it, x corrects it. An answer is
// sent without leaving the page, so that whoever listens goes on listening; marks and scores change with it.

import { isTyping, meant } from "./keys.js";
import { parts } from "./player.js";
import { draw } from "./wave.js";

const [player] = parts;
const wave = document.querySelector(".wave");
const news = document.getElementById("news");
// Keys work before the picture is there.
const drawn = wave ? draw(wave, player) : null;

const findings = () => [...document.querySelectorAll(".findings li[id]")];
const chosen = () => document.querySelector(".findings [aria-current]");

function choose(finding) {
  chosen()?.removeAttribute("aria-current");
  finding.setAttribute("aria-current", "true");
  finding.focus({ preventScroll: true });
  finding.scrollIntoView({ block: "nearest" });
  return finding;
}

// A link to a finding moves the whole page to it, past the sound and the heading, where only its list should move.
function arrive() {
  const asked = document.querySelector(".findings li:target");
  if (!asked) return;
  scrollTo(0, 0);
  choose(asked);
}

// The browser moves the page itself when all of it is there.
const settled = () => requestAnimationFrame(() => setTimeout(arrive));
if (document.readyState === "complete") settled();
else addEventListener("load", settled);

function hear(finding) {
  if (finding) choose(finding).querySelector(".hear")?.click();
}

function step(by) {
  const all = findings();
  const at = all.indexOf(chosen());
  hear(all[at < 0 ? (by > 0 ? 0 : all.length - 1) : at + by]);
}

function correct(finding) {
  const details = finding?.querySelector("details");
  if (!details) return;
  details.open = true;
  details.querySelector("select").focus();
}

const KEYS = {
  n: () => step(1),
  p: () => step(-1),
  c: () => chosen()?.querySelector("form.confirm")?.requestSubmit(),
  x: () => correct(chosen()),
};

document.addEventListener("keydown", (event) => {
  const key = meant(event);
  if (key === "Escape") close(event.target.closest("details[open]"));
  if (!key || isTyping(event)) return;
  const act = /^[1-9]$/.test(key) ? () => hear(document.getElementById(`finding-${key}`)) : KEYS[key];
  if (!act) return;
  event.preventDefault();
  act();
});

function close(details) {
  if (!details) return;
  details.open = false;
  details.closest("li")?.focus();
}

document.addEventListener("focusin", (event) => {
  const finding = event.target.closest(".findings li[id]");
  if (finding && finding !== chosen()) {
    chosen()?.removeAttribute("aria-current");
    finding.setAttribute("aria-current", "true");
  }
});

document.addEventListener("submit", async (event) => {
  const form = event.target;
  if (!form.closest(".findings") || form.dataset.plain) return;
  event.preventDefault();
  const id = form.closest("li").id;
  const answer = await fetch(form.action, { method: "POST", body: new URLSearchParams(new FormData(form, event.submitter)) }).catch(() => null);
  if (!answer?.ok) {
    form.dataset.plain = "yes"; // the page that says why
    return form.requestSubmit(event.submitter);
  }
  refresh(new DOMParser().parseFromString(await answer.text(), "text/html"));
  choose(document.getElementById(id));
});

function refresh(page) {
  for (const id of ["words", "found"]) {
    const fresh = page.getElementById(id);
    if (fresh) document.getElementById(id).replaceChildren(...fresh.childNodes);
  }
  news.textContent = page.querySelector("main > .notice")?.textContent ?? "";
  player?.readWords();
  drawn?.then((repaint) => repaint());
}
