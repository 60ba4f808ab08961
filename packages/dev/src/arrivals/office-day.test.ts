import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { reconstructOfficeDay, recordedWaits } from './office-day.ts';
import { readOfficeDay } from './read-snapshots.ts';
import { parseSnapshotLine, type Snapshot } from './snapshot-row.ts';

/** `08:05 3 A002` = at 08:05 three wait, A002 was called last; a dash for no number yet. */
const queueOf = (id: string, counters: number, ...lines: string[]): Snapshot[] =>
  lines.map((line) => {
    const [time, waiting, number = ''] = line.split(' ');
    const parsed = parseSnapshotLine(`2020-01-02,${time},UD_Test,${id},1.0,10,${counters},${waiting},${number}`);
    if (!parsed.ok) throw new Error(parsed.refusal.expected);
    return parsed.value;
  });
const reconstruct = (...rows: Snapshot[]) =>
  reconstructOfficeDay({
    office: 'UD_Test',
    fileDate: '2020-01-02',
    trueDate: '2020-01-02',
    rows: rows.sort((a, b) => a.atMin - b.atMin),
  });
const only = (...lines: string[]) => reconstruct(...queueOf('1', 2, ...lines)).queues[0]!;
const at = (...times: string[]) =>
  times.map((time) => {
    const [hours = 0, minutes = 0, seconds = 0] = time.split(':').map(Number);
    return ((hours * 60 + minutes) * 60 + seconds) * 1000;
  });

describe('reconstructOfficeDay', () => {
  it('spreads the growth of current number + waiting evenly over the interval', () => {
    const day = only('08:00 1', '08:06 2 A001', '08:12 2 A003');
    // 1 before the first snapshot, then 3 drawn at 08:06, then 5 at 08:12.
    expect(day.arrivals).toEqual(at('07:45', '08:01:30', '08:04:30', '08:07:30', '08:10:30'));
    expect(day.calls).toEqual(at('08:03', '08:07:30', '08:10:30'));
  });

  it('brings who waits at the first snapshot within the half hour before it', () => {
    expect(only('08:00 3').arrivals).toEqual(at('07:35', '07:45', '07:55'));
  });

  it("begins a queue's first interval at the office's snapshot before it", () => {
    const day = reconstruct(...queueOf('1', 2, '08:00 1', '08:30 1', '08:40 1'), ...queueOf('2', 1, '08:40 2'));
    expect(day.queues[1]?.arrivals).toEqual(at('08:32:30', '08:37:30'));
  });

  it('takes no arrivals back when somebody leaves, and counts none twice', () => {
    const day = only('08:00 5 A001', '08:05 2 A001', '08:10 3 A002', '08:15 6 A002');
    expect(day.arrivals).toHaveLength(8);
    expect(day.arrivals.filter((arrival) => arrival > at('08:00')[0]!)).toHaveLength(2);
  });

  it('is not misled by a falling number, another span or a foreign letter', () => {
    const day = only('08:00 0 A001', '08:05 1 A004', '08:10 1 A002', '08:15 1 A905', '08:20 0 R017', '08:25 1 A006');
    expect(day.calls).toHaveLength(6);
    expect(day.arrivals).toHaveLength(7);
    expect(day.strayReadings).toBe(3);
    expect(day.letter).toBe('A');
  });

  it('counts from the beginning of the range, also on the next lap', () => {
    expect(only('08:00 0', '08:05 1 E401', '08:10 1 E403').calls).toHaveLength(3);
    const laps = only('08:00 0 A997', '08:05 0 A998', '08:10 0 A999', '08:15 0 A001', '08:20 0 A002', '08:25 1 A003');
    // A997 is not believed to be the 97th of a range begun half an hour ago? It is: up to 170 are.
    expect(laps.calls).toHaveLength(97 + 2 + 3);
    expect(laps.arrivals).toHaveLength(97 + 2 + 3 + 1);
  });

  it("takes a number that stands still all day for the day before's", () => {
    const day = only('08:00 0 A057', '08:05 0 A057', '18:00 0 A057');
    expect(day.arrivals).toEqual([]);
    expect(day.calls).toEqual([]);
  });

  it('keeps the changes of open counters and waiting people', () => {
    const day = reconstruct(...queueOf('1', 2, '08:00 1', '08:05 1'), ...queueOf('1', 3, '08:10 1'));
    expect(day.queues[0]?.openCounters).toEqual([
      { atMin: 480, count: 2 },
      { atMin: 490, count: 3 },
    ]);
    expect(day.queues[0]?.waiting).toEqual([{ atMin: 480, count: 1 }]);
  });

  it('has consistent numbers on real data', async () => {
    for (const [office, date] of [
      ['USC_Smyczkowa', '2019-12-30'],
      ['USC_Smyczkowa', '2020-01-08'],
      ['UD_Mokotow_2', '2020-01-08'],
    ] as const) {
      const read = await readOfficeDay(join(import.meta.dirname, 'fixture/snapshots.csv'), office, date);
      if (!read.ok) throw new Error(read.refusal.type);
      const { queues, fromMin, toMin } = reconstructOfficeDay(read.value);
      expect(queues.length).toBeGreaterThan(1);
      for (const { arrivals, calls } of queues) {
        expect(arrivals).toEqual([...arrivals].sort((a, b) => a - b));
        expect(calls).toEqual([...calls].sort((a, b) => a - b));
        expect(calls.length).toBeLessThanOrEqual(arrivals.length);
        for (const moment of [...arrivals, ...calls]) {
          expect(moment).toBeGreaterThanOrEqual((fromMin - 30) * 60_000);
          expect(moment).toBeLessThanOrEqual(toMin * 60_000);
        }
      }
    }
  });
});

describe('recordedWaits', () => {
  it('is the span from drawing to call, of those who were called', () => {
    const day = only('08:00 2', '08:10 1 A001', '08:20 5 A002');
    // Drawn 07:37:30 and 07:52:30, called 08:05 and 08:15.
    expect(recordedWaits([day])).toEqual({ meanMs: 25 * 60_000, longestMs: 27.5 * 60_000 });
    expect(recordedWaits([])).toEqual({ meanMs: 0, longestMs: 0 });
  });
});
