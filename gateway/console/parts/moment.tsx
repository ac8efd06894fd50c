/** A moment in the officer's zone, with UTC on hover. */
import { useConsole } from "../context.ts";
import { localTime, utcTime } from "../format.ts";

/** @param seconds Unix seconds */
export function Moment({ seconds }: { seconds: number }) {
  const { settings } = useConsole();
  return (
    <time dateTime={new Date(seconds * 1000).toISOString()} title={utcTime(seconds)}>
      {localTime(seconds, settings.language)}
    </time>
  );
}
