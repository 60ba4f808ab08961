/** Reads `queues.csv`: what each queue of each office is for. Optional beside the snapshots. */
import { readFile } from 'node:fs/promises';
import { type Result, refuse } from '@aufruf/shared/lib/result';
import { splitCsvLine } from './csv-line.ts';

const QUEUE_COLUMNS = 'office,queue_id,letter,queue_name';

export interface QueueName {
  readonly letter: string;
  readonly name: string;
}

/** Names of one office's queues by queue id; empty when there is no such file. */
export async function readQueueNames(
  file: string,
  office: string,
): Promise<Result<ReadonlyMap<string, QueueName>, { type: 'badLine'; line: number; expected: string }>> {
  const names = new Map<string, QueueName>();
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch {
    return { ok: true, value: names };
  }
  const lines = text.split(/\r?\n/);
  if (lines[0] !== QUEUE_COLUMNS) return refuse({ type: 'badLine', line: 1, expected: `the header ${QUEUE_COLUMNS}` });
  for (const [index, line] of lines.entries()) {
    if (index === 0 || line === '') continue;
    const fields = splitCsvLine(line);
    if (fields?.length !== 4)
      return refuse({ type: 'badLine', line: index + 1, expected: `4 columns: ${QUEUE_COLUMNS}` });
    const [lineOffice = '', queueId = '', letter = '', name = ''] = fields;
    if (lineOffice === office) names.set(queueId, { letter, name: name.trim() });
  }
  return { ok: true, value: names };
}
