import { expect, it } from "vitest";
import { killUnderLoad } from "./killed.ts";
import { gateway, sqlite } from "./installation.ts";

it("loses and changes nothing it acknowledged when it is killed under load", async () => {
  const options = await sqlite();
  await killUnderLoad(options, 1, [150, 400]);
  // Nobody holds the lock of a killed server.
  expect((await gateway(options)).storage.main.engine).toBe("sqlite");
});
