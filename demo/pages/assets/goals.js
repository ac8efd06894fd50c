/*
 * The clinic's own page code in gateway mode: a goal is said once, to Soglas. Calls made before the
 * tag has arrived wait in the array and are taken from it.
 */
window.soglas ??= [];

const goal = (name, params) => {
  if (typeof window.soglas.event === "function") window.soglas.event(name, params);
  else window.soglas.push(["event", name, params]);
};

for (const button of document.querySelectorAll("button[data-goal]")) {
  button.addEventListener("click", () => {
    goal(button.dataset.goal, button.dataset.item ? { item: button.dataset.item } : {});
    button.nextElementSibling.textContent = "✓";
  });
}
