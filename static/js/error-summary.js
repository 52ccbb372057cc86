// Whoever sent a form with a problem in it hears of the problem first.
document.querySelector(".error-summary")?.focus();
