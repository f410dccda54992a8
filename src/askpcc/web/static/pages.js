// What pages do beyond what works without scripts.
"use strict";

for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}

for (const form of document.querySelectorAll("form.ask")) {
  const box = form.querySelector("textarea");
  const button = form.querySelector("button");
  box.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) form.requestSubmit();
  });
  form.addEventListener("submit", () => {
    button.disabled = true;
    button.textContent = "Searching";
  });
}

// A page that is shown again out of the browser's memory must not keep its button off.
window.addEventListener("pageshow", () => {
  for (const button of document.querySelectorAll("form.ask button")) {
    button.disabled = false;
    button.textContent = "Ask";
  }
});
