/** The server's entry: checks the runtime before anything that needs it is loaded. */
import { enableCompileCache } from "node:module";

const wanted = 24;
const major = Number(process.versions.node.split(".")[0]);

if (major < wanted) {
  console.error(
    `Soglas needs Node ${wanted} or newer and this is ${process.version}: start it with "npm start", which brings its own.`,
  );
  process.exit(1);
}

// Databases and secrets are their owner's alone, also in a folder that others may read.
process.umask(0o077);
// Half of a start is stripping types and compiling; the second start finds that done.
enableCompileCache();
const { serve } = await import("./serve.ts");
await serve();
