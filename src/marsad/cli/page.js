// Hovering or focusing a claim lights its words, and hovering words lights their claims. Without this, all is still there.
"use strict";
{
  const lit = [];
  const parts = (element) => (element.dataset.claims || "").split(" ").filter(Boolean);
  const clear = () => { for (const one of lit.splice(0)) one.classList.remove("lit"); };
  const light = (event) => {
    const target = event.target.closest("[data-claims]");
    clear();
    if (!target) return;
    for (const id of parts(target)) {
      for (const one of target.closest("article").querySelectorAll(`[data-claims~="${id}"]`)) {
        one.classList.add("lit");
        lit.push(one);
      }
    }
  };
  document.addEventListener("mouseover", light);
  document.addEventListener("focusin", light);
}
