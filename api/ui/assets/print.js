// The button appears where a browser can print.

const button = document.querySelector("[data-print]");
button.hidden = false;
button.addEventListener("click", () => print());
