/** A network line to a local port that can go silent: connections stay open, and nothing passes. */
import { connect, createServer, type AddressInfo, type Socket } from "node:net";

export async function openLine(port: number) {
  const sockets = new Set<Socket>();
  let silent = false;
  const server = createServer((near) => {
    const far = connect(port, "127.0.0.1");
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(from);
      from.on("data", (bytes) => {
        // What was said into a silent line is lost, also when it speaks again.
        if (!silent) to.write(bytes);
      });
      from.on("error", () => to.destroy());
      from.on("close", () => {
        sockets.delete(from);
        to.destroy();
      });
    }
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    port: (server.address() as AddressInfo).port,
    silence: () => (silent = true),
    restore: () => (silent = false),
    close() {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  };
}
