/** Asks a hub which stations its location has. */
import { type Result, refuse } from '@aufruf/shared/lib/result';
import { MAX_STATIONS_TEXT, STATIONS_PATH, type Stations, stationsSchema } from '@aufruf/shared/protocol/stations';

/** A hub in the same building answers within milliseconds. */
const ASK_TIMEOUT_MS = 3_000;

/** `noAnswer`: nobody there. `noHub`: something else is there. `starting`: a hub that is not ready yet. */
export type AskRefusal = { readonly type: 'noAnswer' | 'noHub' | 'starting' };

/** `hubUrl`: an origin. Never rejects. */
export async function askStations(hubUrl: string, timeoutMs = ASK_TIMEOUT_MS): Promise<Result<Stations, AskRefusal>> {
  let answer: Response;
  let text: string;
  try {
    answer = await fetch(`${hubUrl}${STATIONS_PATH}`, { redirect: 'manual', signal: AbortSignal.timeout(timeoutMs) });
    text = await answer.text();
  } catch {
    return refuse({ type: 'noAnswer' });
  }
  if (answer.status === 503) return refuse({ type: 'starting' });
  if (answer.status !== 200 || text.length > MAX_STATIONS_TEXT) return refuse({ type: 'noHub' });
  const parsed = stationsSchema.safeParse(parseJson(text));
  return parsed.success ? { ok: true, value: parsed.data } : refuse({ type: 'noHub' });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
