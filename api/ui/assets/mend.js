// Leads from a fault to its line in the text that can be mended, which is chosen and scrolled to.

const source = document.getElementById("source");

function goToLine(number) {
  const lines = source.value.split("\n");
  const start = lines.slice(0, number - 1).reduce((sum, line) => sum + line.length + 1, 0);
  source.focus();
  source.setSelectionRange(start, start + (lines[number - 1] ?? "").length);
  source.scrollTop = (source.scrollHeight / lines.length) * Math.max(0, number - 4);
}

for (const link of document.querySelectorAll("[data-line]")) {
  link.addEventListener("click", (event) => {
    event.preventDefault();
    goToLine(Number(link.dataset.line));
  });
}

const first = document.querySelector(".faulty");
if (first) first.parentElement.scrollTop = first.offsetTop - 60;
