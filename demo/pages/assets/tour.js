/* The tour of the rooms: a script of the clinic's own that waits for consent. It stores nothing. */
(() => {
  const tour = document.getElementById("tour");
  const rooms = tour.dataset.rooms.split("|");
  let at = 0;
  const button = document.createElement("button");
  button.type = "button";
  button.className = "room";
  const show = () => {
    button.textContent = `${at + 1} / ${rooms.length} · ${rooms[at]} →`;
    button.style.setProperty("--turn", `${at * 70}deg`);
  };
  button.addEventListener("click", () => {
    at = (at + 1) % rooms.length;
    show();
  });
  show();
  tour.replaceChildren(button);
})();
