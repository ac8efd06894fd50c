/**
 * Threads and processes that tests start find their code compiled, as those of a running gateway do
 * (gateway/main.ts): every database starts two threads, and almost every test opens two databases.
 */
import { enableCompileCache } from "node:module";

const { directory } = enableCompileCache();
if (directory !== undefined) process.env["NODE_COMPILE_CACHE"] = directory;
