/**
 * Calls back when a single-page application has moved to another path. Set up before any vendor's
 * tag, whose own hooks then wrap ours and run after it. The Navigation API, and a `pushState` taken
 * before we came, pass these hooks by: such a move is noticed just after it.
 * @param moved is given the path that was left
 * @returns looks now
 */
export function onNavigate(moved: (from: string) => void): () => void {
  let path = location.pathname;
  const check = () => {
    const from = path;
    path = location.pathname;
    if (from !== path) moved(from);
  };
  for (const method of ["pushState", "replaceState"] as const) {
    const native = history[method];
    history[method] = function (...state) {
      native.apply(this, state);
      check();
    };
  }
  addEventListener("popstate", check);
  window.navigation?.addEventListener("currententrychange", check);
  return check;
}
