// Shows how far a re-analysis has come for as long as it runs.

const PAUSE_MS = 1000;
const run = document.getElementById("run");
const isRunning = () => run?.getAttribute("aria-busy") === "true";

async function refresh() {
  const answer = await fetch(location.href, { headers: { Accept: "text/html" } }).catch(() => null);
  if (answer && !answer.ok) return location.reload(); // the session has ended: the page itself asks to sign in
  if (answer) {
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    show(page.getElementById("run"));
  }
  if (isRunning()) setTimeout(refresh, PAUSE_MS);
}

function show(fresh) {
  const focused = run.contains(document.activeElement);
  if (focused && fresh.getAttribute("aria-busy") === "true") return; // nothing moves under a finger
  run.innerHTML = fresh.innerHTML;
  run.setAttribute("aria-busy", fresh.getAttribute("aria-busy"));
  if (focused) run.focus();
}

if (isRunning()) setTimeout(refresh, PAUSE_MS);
