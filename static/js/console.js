/* Shows the description of the API as a page on which every call can be tried. */
"use strict";

const place = document.getElementById("console");

window.SwaggerUIBundle({
  domNode: place,
  url: place.dataset.description,
  deepLinking: true,
  docExpansion: "list",
  defaultModelsExpandDepth: -1,
  displayRequestDuration: true,
  filter: true,
  // No third party is asked whether the description is right.
  validatorUrl: null,
  // Colouring long answers freezes the page.
  syntaxHighlight: false,
  supportedSubmitMethods: ["get"],
});
