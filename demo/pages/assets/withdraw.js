/* The clinic's own "Withdraw consent" in the footer: there while there is something to withdraw. */
const controls = document.querySelectorAll("[data-soglas-withdraw]");

const follow = ({ granted }) => {
  for (const control of controls) control.hidden = granted.every((id) => id === "necessary");
};

document.addEventListener("soglas:consent", ({ detail }) => follow(detail));
// The tag may have started, and said so, before this script.
if (typeof window.soglas?.consent === "function") follow(window.soglas.consent());
