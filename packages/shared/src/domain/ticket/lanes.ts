/**
 * Who may give which ticket numbers (rules N1, N2). Lanes are disjoint by configuration, so that a number is unique on
 * its day even where its givers cannot hear of each other:
 *
 * - the hub: the main span, then the first half of the overflow span;
 * - kiosks and relays: blocks of the reserve span, dealt out in turn;
 * - counters (a visitor without a ticket, while alone): blocks of the second half of the overflow span, dealt out in turn.
 *
 * A block is used by one incarnation of its device, so that a reinstalled device cannot give a number that its dead disk
 * has given unheard. Whoever is dealt no block gives no numbers while alone.
 */
import type { DeviceId, SeriesId } from '../../lib/ids.ts';
import type { UsedSpan } from '../day/day-state.ts';
import type { LocationConfig, NumberSeries } from '../location-config/schema.ts';
import type { TicketNumber } from '../visit/visit.ts';
import { hubOverflow, isUsed, nextInSpan, numberText } from './number-series.ts';

/** Numbers in a block. */
export const BLOCK_SIZE = 20;
/** What a kiosk or relay needs of each series: a new incarnation leaves two blocks free and begins with the next. */
export const LEAST_BLOCKS = 3;

/** What a device that gives numbers by itself knows of its own giving. */
export interface LaneUse {
  readonly device: DeviceId;
  /** The number this incarnation gave last today; null before its first. */
  lastGiven(seriesId: SeriesId): number | null;
  /**
   * Blocks it leaves free before its first today: other incarnations of this device may have given numbers that nobody has
   * heard of. null: it cannot know how many, and gives none yet.
   */
  blocksLeftFree(): number | null;
}

/** Devices that are dealt blocks of the reserve span, in the order of the configuration. */
export const reserveDevices = ({ kiosks, sync }: LocationConfig): readonly DeviceId[] => [
  ...new Set([
    ...kiosks.map(({ id }) => id as string as DeviceId),
    ...(sync?.relays ?? []).map(({ device }) => device),
  ]),
];

/** The blocks of every device but the hub, rising. A device without blocks has no entry. */
export function lanesOf(config: LocationConfig, series: NumberSeries): ReadonlyMap<DeviceId, readonly UsedSpan[]> {
  const lanes = new Map<DeviceId, UsedSpan[]>();
  const reserve = reserveDevices(config);
  deal(lanes, blocksOf(series.reserve), reserve);
  const counters = config.counters.map(({ id }) => id as string as DeviceId).filter((id) => !reserve.includes(id));
  deal(lanes, blocksOf({ first: hubOverflow(series).last + 1, last: series.overflow.last }), counters);
  return lanes;
}

/** Whole blocks only: what is left at the end of a span is nobody's. */
export function blocksOf({ first, last }: UsedSpan): readonly UsedSpan[] {
  const count = Math.max(0, Math.floor((last - first + 1) / BLOCK_SIZE));
  return Array.from({ length: count }, (_, i) => ({
    first: first + i * BLOCK_SIZE,
    last: first + (i + 1) * BLOCK_SIZE - 1,
  }));
}

/** In turn, so that everybody has the same number of blocks, or one more. */
function deal(lanes: Map<DeviceId, UsedSpan[]>, blocks: readonly UsedSpan[], devices: readonly DeviceId[]): void {
  if (devices.length === 0) return;
  blocks.forEach((block, i) => {
    const device = devices[i % devices.length] as DeviceId;
    lanes.set(device, [...(lanes.get(device) ?? []), block]);
  });
}

/**
 * The number a device gives next from its own lane; null when the lane is used up. An incarnation goes on in its block,
 * then takes the next one that nobody is known to have touched.
 */
export function nextLaneNumber(
  config: LocationConfig,
  series: NumberSeries,
  used: readonly UsedSpan[],
  use: LaneUse,
): TicketNumber | null {
  const blocks = lanesOf(config, series).get(use.device) ?? [];
  const last = use.lastGiven(series.id);
  const current = last === null ? -1 : blocks.findIndex((block) => block.first <= last && last <= block.last);
  const own = blocks[current];
  const inOwn = own === undefined || last === null ? null : nextInSpan(own, last, used);
  const leftFree = last === null ? use.blocksLeftFree() : 0;
  if (leftFree === null) return null;
  const value = inOwn ?? nextInSpan(nextBlock(blocks, used, current, leftFree), 0, used);
  return value === null ? null : { seriesId: series.id, value, text: numberText(series, value) };
}

const NOTHING: UsedSpan = { first: 1, last: 0 };

function nextBlock(blocks: readonly UsedSpan[], used: readonly UsedSpan[], current: number, leftFree: number) {
  const touched = blocks.findLastIndex(({ first, last }) => {
    for (let value = first; value <= last; value += 1) if (isUsed(used, value)) return true;
    return false;
  });
  return blocks[Math.max(touched, current) + 1 + leftFree] ?? NOTHING;
}
