// Saves a form by itself while somebody writes, and keeps what was typed when the line drops.
"use strict";

(() => {
  const EVERY = 20000;
  const form = document.querySelector("form[data-autosave]");
  const summary = document.getElementById("problems");
  if (summary) summary.focus();
  if (!form) return;

  const said = form.querySelector("[data-saved]");
  const kept = "registry-draft " + form.action;
  const version = form.elements.namedItem("version");
  let changed = false;
  let leaving = false;
  let stopped = false;

  const typed = () => new FormData(form);
  const say = (text) => { said.textContent = text; };

  // Only what the registry will hold anyway; never the tokens of the form.
  const keepHere = () => {
    const pairs = [...typed()].filter(([name]) => name !== "csrfmiddlewaretoken");
    try { localStorage.setItem(kept, JSON.stringify(pairs)); } catch { /* a full or closed store */ }
  };
  const forget = () => { try { localStorage.removeItem(kept); } catch { /* nothing was kept */ } };

  const save = async (options = {}) => {
    if (!changed || stopped) return;
    changed = false;
    keepHere();
    let answer;
    try {
      answer = await fetch(form.action, {
        method: "POST", body: typed(), headers: { Accept: "application/json" }, ...options,
      });
    } catch {
      changed = true;
      say(form.dataset.offline);
      return;
    }
    const told = await answer.json().catch(() => null);
    if (answer.ok && told) {
      version.value = told.version;
      say(told.saved);
      if (!changed) forget();
    } else {
      // Somebody else saved, or it is closed: saving by hand shows both texts.
      stopped = answer.status === 409;
      changed = !stopped;
      say((told && told.message) || form.dataset.refused);
    }
  };

  const putBack = (pairs) => {
    const byName = new Map();
    for (const [name, value] of pairs) byName.set(name, [...(byName.get(name) || []), value]);
    for (const element of form.elements) {
      if (!element.name || element.type === "hidden" || element.tagName === "BUTTON") continue;
      const values = byName.get(element.name) || [];
      if (element.type === "checkbox" || element.type === "radio") {
        element.checked = values.includes(element.value);
      } else {
        element.value = values.length ? values.shift() : "";
      }
    }
    changed = true;
  };

  const offerBack = () => {
    let pairs = null;
    try { pairs = JSON.parse(localStorage.getItem(kept)); } catch { /* nothing was kept */ }
    if (!pairs) return;
    const now = JSON.stringify([...typed()].filter(([name]) => !["csrfmiddlewaretoken", "version"].includes(name)));
    const then = JSON.stringify(pairs.filter(([name]) => name !== "version"));
    if (now === then) { forget(); return; }
    const offer = document.createElement("p");
    const button = document.createElement("button");
    offer.className = "offer";
    offer.textContent = form.dataset.kept + " ";
    button.type = "button";
    button.textContent = form.dataset.back;
    button.addEventListener("click", () => { putBack(pairs); offer.remove(); save(); });
    offer.append(button);
    form.before(offer);
  };

  form.addEventListener("input", () => { changed = true; });
  form.addEventListener("change", () => { changed = true; });
  form.addEventListener("submit", () => { leaving = true; keepHere(); });
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden" && !leaving) save({ keepalive: true });
  });
  window.addEventListener("online", () => save());
  setInterval(save, EVERY);
  offerBack();
})();
