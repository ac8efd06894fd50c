/** What the environment says about a demo start. */

/** Port the demo's site directories name in their origins. */
export const usualDemoPort = 8788;

export interface DemoSettings {
  /** Address to listen on; loopback unless the environment says otherwise. */
  host: string;
  port: number;
  /** Base of the demo as browsers reach it. */
  url: string;
  /** Base of the gateway as browsers reach it, without a trailing slash. */
  gatewayUrl: string;
}

/**
 * @param env the process's environment
 * @throws {RangeError} naming the variable that is wrong, never its value
 */
export function readDemoSettings(env: Record<string, string | undefined>): DemoSettings {
  const port = portOf("DEMO_PORT", env["DEMO_PORT"], usualDemoPort);
  const gatewayPort = portOf("PORT", env["PORT"], 8787);
  if (port === gatewayPort) throw new RangeError("PORT and DEMO_PORT must differ");
  return {
    host: env["SOGLAS_HOST"] || "127.0.0.1",
    port,
    url: `http://localhost:${port}`,
    gatewayUrl: (env["SOGLAS_PUBLIC_URL"] || `http://localhost:${gatewayPort}`).replace(/\/+$/, ""),
  };
}

function portOf(name: string, value: string | undefined, usual: number): number {
  if (!value) return usual;
  const port = Number(value);
  if (!/^\d{1,5}$/.test(value) || port < 1 || port > 65_535)
    throw new RangeError(`${name} must be a port number between 1 and 65535`);
  return port;
}
