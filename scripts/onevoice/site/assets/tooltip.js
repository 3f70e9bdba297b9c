// The theme shows a term's definition to pointers and keys alike. WCAG 2.2, 1.4.13, asks for two more things: Escape
// dismisses it if it covers what you want to read, and it stays while the pointer is on it.
(() => {
let left;

addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const tip of document.querySelectorAll(".md-tooltip2--active")) {
    const link = document.querySelector(`[aria-describedby="${tip.id}"]`);
    tip.hidden = true;
    const showAgain = () => {
      tip.hidden = false;
    };
    for (const leave of ["mouseleave", "blur"]) link?.addEventListener(leave, showAgain, { once: true });
  }
});

// A tooltip fades once the pointer has left its link: to the theme, a pointer that reaches it in time is on the link.
function forwardEvent(name) {
  return ({ target, relatedTarget }) => {
    const tip = target.closest?.(".md-tooltip2");
    if (tip && !tip.contains(relatedTarget)) left?.dispatchEvent(new MouseEvent(name));
    else left = target.closest?.("[aria-describedby^=__tooltip2]") ?? left;
  };
}
addEventListener("mouseover", forwardEvent("mouseenter"));
addEventListener("mouseout", forwardEvent("mouseleave"));
})();
