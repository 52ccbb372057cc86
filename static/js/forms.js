/* Lets people see the password that they type. Without it everything works the same. */
"use strict";

for (const place of document.querySelectorAll(".password")) {
  const field = place.querySelector("input");
  const button = document.createElement("button");
  const say = (shown) => {
    field.type = shown ? "text" : "password";
    button.textContent = shown ? place.dataset.hide : place.dataset.show;
    button.setAttribute("aria-label", shown ? place.dataset.hideLabel : place.dataset.showLabel);
  };
  button.type = "button";
  button.setAttribute("aria-controls", field.id);
  button.addEventListener("click", () => say(field.type === "password"));
  // Sent as a password, so that browsers offer to keep it and never to complete it.
  field.form.addEventListener("submit", () => say(false));
  say(false);
  place.append(button);
}
