/**
 * How a command asks the running hub for a copy of its database, which nobody else may open meanwhile (S1): by files in
 * the data folder, so that only who may write there may ask, and the hub writes nowhere else.
 *
 * The command makes `wanted`; the hub answers with `copy`, whole and under its name only when it is, or with `failed`, which
 * holds one sentence. The command removes what it has taken or no longer waits for; the hub, at its start, what was left.
 */
import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';

export const DATABASE = 'hub.db';

export interface CopyRequest {
  readonly wanted: string;
  /** Being written. */
  readonly partial: string;
  readonly copy: string;
  readonly failed: string;
}

const NAME = /^hub\.db\.(wanted|partial|copy|failed)-([0-9a-f]{32})(-journal|-wal|-shm)?$/;

/** `token`: 32 random hex digits, so that two requests do not meet. */
export function copyRequest(folder: string, token: string): CopyRequest {
  const of = (kind: string) => join(folder, `${DATABASE}.${kind}-${token}`);
  return { wanted: of('wanted'), partial: of('partial'), copy: of('copy'), failed: of('failed') };
}

/** Requests nobody has looked at yet. */
export function openRequests(folder: string): readonly CopyRequest[] {
  return readdirSync(folder).flatMap((name) => {
    const [, kind, token, companion] = NAME.exec(name) ?? [];
    return kind === 'wanted' && token !== undefined && companion === undefined ? [copyRequest(folder, token)] : [];
  });
}

/** What a hub or a command that was ended in the middle has left. */
export function removeLeftovers(folder: string): void {
  for (const name of readdirSync(folder)) if (NAME.test(name)) rmSync(join(folder, name), { force: true });
}
