/** A vendor for benchmarks, a process of its own: answers at once and counts; or asks for a long pause. */
import { createServer } from "node:http";

let requests = 0;
createServer((request, response) => {
  if (request.url === "/requests") {
    response.end(String(requests));
    return;
  }
  requests += 1;
  const status = process.env["PAUSED"] === "1" ? 429 : 204;
  request.resume().on("end", () => {
    response.writeHead(status, status === 429 ? { "retry-after": "3600" } : {}).end();
  });
}).listen(Number(process.env["PORT"]), "127.0.0.1", () => process.send?.({ ready: true }));
