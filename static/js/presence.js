/* Says every ten seconds that this page is open, and shows who else has it open. */
"use strict";

const form = document.getElementById("presence");
const EVERY = 10_000;

async function ask() {
  if (document.hidden) return;
  const answer = await fetch(form.action, { method: "POST", body: new FormData(form), redirect: "error" });
  if (!answer.ok) return;
  const { said } = await answer.json();
  const place = form.querySelector("[role=status]");
  // Said again, it would be read aloud again.
  if (place.textContent !== said) place.textContent = said;
}

if (form) setInterval(() => ask().catch(() => {}), EVERY);
