/** Where there is nothing to show: not yet, or not at all. */
export function Loading({ label }: { label: string }) {
  return (
    <output class="loading">
      <span class="unseen">{label}</span>
      {[0, 1, 2, 3].map((line) => (
        <span key={line} class="loading-line" aria-hidden="true" />
      ))}
    </output>
  );
}

export function Empty({ heading, hint }: { heading: string; hint: string }) {
  return (
    <div class="note empty">
      <h2>{heading}</h2>
      <p>{hint}</p>
    </div>
  );
}
