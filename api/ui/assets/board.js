// Keeps the board as the server has it, after each event and every half minute, and never under a hand at work.

const board = document.getElementById("board");
const news = document.getElementById("news");
let isPressed = false;
let waits = false;

// Somebody presses, points at a button, or has a task's moves open: nothing may jump now.
const isAtWork = () =>
  isPressed ||
  board.querySelector("details[open]") !== null ||
  (matchMedia("(hover: hover)").matches && board.querySelector(":is(a, button, summary):hover") !== null);

async function refresh() {
  if (isAtWork()) {
    waits = true;
    news.textContent = news.dataset.waits;
    return;
  }
  waits = false;
  const answer = await fetch(location.href, { headers: { Accept: "text/html" } }).catch(() => null);
  if (!answer) return; // the network is away for a moment
  if (!answer.ok) return location.reload(); // the session has ended: the page itself asks to sign in
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  if (isAtWork()) return refresh();
  const focused = document.activeElement.id;
  board.innerHTML = page.getElementById("board").innerHTML;
  news.textContent = "";
  if (focused) document.getElementById(focused)?.focus({ preventScroll: true });
}

const refreshIfItWaits = () => setTimeout(() => waits && refresh());
addEventListener("pointerdown", () => { isPressed = true; });
for (const end of ["pointerup", "pointercancel"]) {
  addEventListener(end, () => {
    isPressed = false;
    refreshIfItWaits();
  });
}
board.addEventListener("pointerout", refreshIfItWaits);
board.addEventListener("toggle", refreshIfItWaits, true);

// One thing that happens to a task is often several events.
let soon;
const refreshSoon = () => {
  clearTimeout(soon);
  soon = setTimeout(refresh, 150);
};

const changes = new EventSource("/api/v1/events");
for (const what of ["raised", "enriched", "offered", "accepted", "released", "handed_over", "snoozed", "attempted",
  "joined", "escalated", "done", "cancelled", "changed"]) {
  changes.addEventListener(`task.${what}`, refreshSoon);
}
setInterval(refreshSoon, 30_000);
