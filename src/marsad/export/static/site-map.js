// The map: buttons that enlarge it, dragging, and a click on a place that leads to its incidents. Without scripts the table below says the same.
"use strict";
(() => {
  const map = document.getElementById("map");
  const whole = map.viewBox.baseVal;
  const [, , width, height] = map.getAttribute("viewBox").split(" ").map(Number);
  let box = { x: 0, y: 0, width, height };
  let dragged = 0;

  const draw = () => {
    const share = box.width / width;
    map.setAttribute("viewBox", `${box.x} ${box.y} ${box.width} ${box.height}`);
    for (const circle of map.querySelectorAll("circle")) {
      circle.dataset.radius ??= circle.getAttribute("r");
      circle.setAttribute("r", String(Number(circle.dataset.radius) * Math.sqrt(share)));
    }
  };

  /** @param {number} share By how much less is seen; 0 for the whole picture. */
  const zoom = (share) => {
    if (!share) {
      box = { x: 0, y: 0, width, height };
    } else {
      const wide = Math.min(width, Math.max(width / 40, box.width * share));
      const tall = (wide * height) / width;
      box = { x: box.x + (box.width - wide) / 2, y: box.y + (box.height - tall) / 2, width: wide, height: tall };
    }
    draw();
  };

  const tools = document.querySelector(".tools");
  tools.hidden = false;
  for (const button of tools.querySelectorAll("button")) {
    button.addEventListener("click", () => zoom(Number(button.dataset.zoom)));
  }
  map.addEventListener("pointermove", (event) => {
    if (!(event.buttons & 1) || event.pointerType === "touch") return;
    const share = whole.width / map.clientWidth;
    dragged += Math.abs(event.movementX) + Math.abs(event.movementY);
    box.x -= event.movementX * share;
    box.y -= event.movementY * share;
    draw();
  });
  map.addEventListener("pointerdown", () => {
    dragged = 0;
  });
  map.addEventListener("click", (event) => {
    const place = event.target.closest("[data-place]");
    if (place && dragged < 5) location.href = `incidents.html#${new URLSearchParams({ place: place.dataset.place })}`;
  });
})();
