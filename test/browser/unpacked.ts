/**
 * Chromium lies unpacked before any file asks for it: two that unpack it at once could start one that is
 * only half written.
 */
import chromium from "@sparticuz/chromium";

export default async function setup(): Promise<void> {
  await chromium.executablePath();
}
