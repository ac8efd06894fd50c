const plural = new Intl.PluralRules("ru");

/** The form of a noun that goes with a number: 1 решение, 2 решения, 5 решений. */
export function counted(count: number, one: string, few: string, many: string): string {
  const rule = plural.select(count);
  return `${count} ${rule === "one" ? one : rule === "few" ? few : many}`;
}
