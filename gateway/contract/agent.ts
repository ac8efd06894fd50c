/** What is kept of a user agent: classes that many visitors share. `privacy/user-agent.ts` derives them. */
import { z } from "zod";

export const browserFamily = z.enum([
  "chrome",
  "firefox",
  "safari",
  "edge",
  "opera",
  "yandex",
  "samsung",
  "other",
]);

export const deviceClass = z.enum(["desktop", "mobile", "tablet", "other"]);

export type DeviceClass = z.infer<typeof deviceClass>;
