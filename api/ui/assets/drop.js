// A file that is dropped anywhere on the page is sent as if it had been chosen.

const form = document.querySelector("form.drop");
const field = form.querySelector("input[type=file]");
const holdsFile = (event) => [...event.dataTransfer.types].includes("Files");

addEventListener("dragover", (event) => {
  if (!holdsFile(event)) return;
  event.preventDefault(); // else the browser would open the file
  form.classList.add("over");
});
addEventListener("dragleave", (event) => {
  if (!event.relatedTarget) form.classList.remove("over");
});
addEventListener("drop", (event) => {
  form.classList.remove("over");
  if (!holdsFile(event) || !event.dataTransfer.files.length) return;
  event.preventDefault();
  field.files = event.dataTransfer.files;
  form.requestSubmit();
});
