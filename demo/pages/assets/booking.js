/*
 * The clinic's own page code in tag mode: it talks to the vendors' functions, which are there only
 * after consent. What the visitor typed is never handed to anyone.
 */
const form = document.querySelector("form.booking");
const done = form.querySelector("[data-done]");

form.addEventListener("submit", (event) => {
  event.preventDefault();
  const { goal, counter, measurementId } = form.dataset;
  if (typeof window.ym === "function") window.ym(Number(counter), "reachGoal", goal);
  if (measurementId && typeof window.gtag === "function")
    window.gtag("event", goal, { send_to: measurementId });
  done.textContent = done.dataset.done;
});
