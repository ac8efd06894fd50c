/** `2026-05-04T09:00:00Z`, from Unix seconds. */
export type UtcText = (seconds: number) => string;

/** Days whose texts are kept. */
const remembered = 4096;

/** Records of an export share their days, and a date is dear to make: each is made once. */
export function utcTexts(): UtcText {
  const dates = new Map<number, string>();

  function dateOf(day: number): string {
    let date = dates.get(day);
    if (date !== undefined) return date;
    date = new Date(day * 86_400_000).toISOString().slice(0, 11);
    if (dates.size >= remembered) dates.clear();
    dates.set(day, date);
    return date;
  }

  return (seconds) => {
    const day = Math.floor(seconds / 86_400);
    const rest = seconds - day * 86_400;
    const hours = Math.floor(rest / 3600);
    const minutes = Math.floor(rest / 60) % 60;
    return `${dateOf(day)}${two(hours)}:${two(minutes)}:${two(rest % 60)}Z`;
  };
}

const two = (n: number) => (n < 10 ? `0${n}` : String(n));
