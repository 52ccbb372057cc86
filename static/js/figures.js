/* A figure as PNG: drawn here from its file, at twice its size. Without this there is the SVG. */
"use strict";

function drawn(address) {
  return new Promise((resolve, reject) => {
    const image = new Image();
    image.onload = () => resolve(image);
    image.onerror = reject;
    image.src = address;
  });
}

async function take(button) {
  const image = await drawn(button.dataset.png);
  const canvas = document.createElement("canvas");
  canvas.width = image.naturalWidth * 2;
  canvas.height = image.naturalHeight * 2;
  canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
  const blob = await new Promise((done) => canvas.toBlob(done, "image/png"));
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = `figure-${button.dataset.name}.png`;
  link.click();
  URL.revokeObjectURL(link.href);
}

for (const button of document.querySelectorAll("[data-png]")) {
  button.parentElement.hidden = false;
  button.addEventListener("click", () => take(button));
}
