/** Hands a file to the person, as any download. */
export function saveFile(name: string, content: Blob): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(content);
  link.download = name;
  link.click();
  // The browser has taken hold of it by then; kept longer, it would stay in memory with the page.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
