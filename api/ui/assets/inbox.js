// Keeps the list of tasks as the server has it: after each event, and every minute for the clocks.

import { showClocks } from "./due.js";
import { followTasks } from "./tasks.js";

const tasks = document.getElementById("tasks");
const news = document.getElementById("news");
const ids = () => new Set([...tasks.querySelectorAll("li")].map((row) => row.id));

async function refresh() {
  const answer = await fetch(location.href, { headers: { Accept: "text/html" } }).catch(() => null);
  if (!answer) return; // the network is away for a moment
  if (!answer.ok) return location.reload(); // the session has ended: the page itself asks to sign in
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const before = ids();
  const focused = document.activeElement.id;
  tasks.innerHTML = page.getElementById("tasks").innerHTML;
  showClocks();
  if (focused) document.getElementById(focused)?.focus();
  if ([...ids()].some((id) => !before.has(id))) news.textContent = news.dataset.text;
}

followTasks(refresh);
setInterval(refresh, 60_000);
