/** Vendors whose snippets the page itself holds: nothing is started here, and what ran only a reload ends. */
SOGLAS_PARTS.pasted = () => {
  const running = new Set<object>();
  return {
    start: (service) => void running.add(service),
    stop: (service) => running.delete(service),
  };
};
