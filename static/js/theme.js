// The colours somebody chose, set before anything is drawn; and the choice, which works only here.
"use strict";

(() => {
  const root = document.documentElement;
  let chosen = "";
  try { chosen = localStorage.getItem("theme") || ""; } catch { /* a closed store: the system's */ }
  if (chosen) root.dataset.theme = chosen;
  document.addEventListener("DOMContentLoaded", () => {
    const box = document.querySelector("[data-themes]");
    if (!box) return;
    const choice = box.querySelector("select");
    choice.value = chosen;
    box.hidden = false;
    choice.addEventListener("change", () => {
      root.dataset.theme = choice.value;
      try { localStorage.setItem("theme", choice.value); } catch { /* for this page only */ }
    });
  });
})();
