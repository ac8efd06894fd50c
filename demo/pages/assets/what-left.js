/* Keeps the list of “What left the gateway” fresh. Everything is written as text, never as markup. */
const words = JSON.parse(document.body.dataset.words);
const list = document.querySelector(".hits");
const shown = new Map();
let filter = "all";

const element = (name, className, text) => {
  const made = document.createElement(name);
  if (className) made.className = className;
  if (text !== undefined) made.textContent = text;
  return made;
};

const pairs = (record) => {
  const made = element("dl");
  for (const [key, value] of Object.entries(record))
    made.append(element("dt", "", key), element("dd", "", value === "" ? "∅" : value));
  return made;
};

const fold = (title, ...content) => {
  const made = element("details");
  made.append(element("summary", "", title), ...content);
  return made;
};

/** One line that says what happened: the event and the page it happened on. */
const gist = (event) => {
  const tagHit = "browser-info pv" in event ? "pageview" : "hit";
  const name = event.en ?? event.ea ?? event.e_a ?? event.action_name ?? event.t ?? tagHit;
  const where = event.dl ?? event["page-url"] ?? "";
  return [name, where].filter(Boolean).join(" · ");
};

const card = (hit) => {
  const made = element("li", `hit ${hit.sender}`);
  const head = element("h2");
  const time = element("time", "", new Date(hit.time).toLocaleTimeString());
  time.dateTime = hit.time;
  head.append(
    element("span", "", `${words[hit.vendor]} · ${words[hit.sender]}`),
    time,
    element("span", "status", String(hit.status || "—")),
  );
  made.append(head, ...hit.events.map((event) => element("p", "event", gist(event))));
  if (hit.problems.length > 0) {
    const problems = element("ul", "problems");
    problems.append(...hit.problems.map((problem) => element("li", "", problem)));
    made.append(problems);
  }
  const folds = element("div", "folds");
  folds.append(
    fold(words.parameters, ...hit.events.map(pairs)),
    fold(words.headers, pairs(hit.headers)),
    fold(words.raw, element("pre", "", `${hit.method} ${hit.target}\n\n${hit.body}`)),
  );
  made.append(folds);
  return made;
};

/** Adds what is new and removes what is gone, so that an opened card stays open. */
const show = (hits) => {
  const key = (hit) => `${hit.id} ${hit.time}`;
  const present = new Set(hits.map(key));
  for (const [known, node] of shown)
    if (!present.has(known)) {
      node.remove();
      shown.delete(known);
    }
  for (const hit of hits)
    if (!shown.has(key(hit))) {
      const node = card(hit);
      shown.set(key(hit), node);
      list.prepend(node);
    }
  for (const output of document.querySelectorAll("[data-count]")) {
    const key = output.dataset.count;
    output.value = String(hits.filter((hit) => key === "all" || hit.sender === key).length);
  }
  sift();
};

const sift = () => {
  for (const node of shown.values())
    node.hidden = filter !== "all" && !node.classList.contains(filter);
  document.querySelector(".empty").hidden = [...shown.values()].some((node) => !node.hidden);
};

const refresh = async () => {
  const lost = document.querySelector(".lost");
  try {
    const response = await fetch("/what-left/hits");
    show((await response.json()).hits);
    lost.textContent = "";
  } catch {
    lost.textContent = words.lost;
  }
};

document.querySelector(".clear").addEventListener("click", async () => {
  await fetch("/what-left/hits", { method: "DELETE" });
  await refresh();
});
for (const button of document.querySelectorAll("[data-filter]"))
  button.addEventListener("click", () => {
    filter = button.dataset.filter;
    for (const other of document.querySelectorAll("[data-filter]"))
      other.setAttribute("aria-pressed", String(other === button));
    sift();
  });
refresh();
setInterval(() => {
  if (!document.hidden) refresh();
}, 1500);
