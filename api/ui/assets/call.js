// 1 to 9 play the finding of that number and go there, so that Tab reaches its answers.

import "./player.js";

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target.closest("input, textarea, select") || !/^[1-9]$/.test(event.key)) return;
  const finding = document.getElementById(`finding-${event.key}`);
  const hear = finding?.querySelector("[data-at]");
  (hear ?? finding?.querySelector("button"))?.focus();
  hear?.click();
  finding?.scrollIntoView({ block: "nearest" });
});
