// An answer that opens below the window's edge comes into sight.
(() => {
const onToggle = ({ target }) => {
  if (target.matches?.("details.ov-objection[open]")) target.scrollIntoView({ block: "nearest" });
};
document.addEventListener("toggle", onToggle, true);
})();
