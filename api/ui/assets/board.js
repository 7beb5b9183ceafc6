// Keeps the board as the server has it, after each event and every half minute, and never under a hand at work.

import { followTasks } from "./tasks.js";

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

setInterval(followTasks(refresh), 30_000);
