/**
 * Somebody on the network who lies: messages with forged authors, decisions that only the hub may make, journals with
 * gaps, wrong hashes and two versions of one event, heads of a hub that has been replaced. Each must be refused and change
 * nothing (J1, J3, X8, O3).
 */
import { sha256 } from '@aufruf/engine/platform/sha256';
import type { LinkHandlers } from '@aufruf/engine/transport/transport';
import { HOUR_MS } from '@aufruf/shared/lib/time';
import { PROTOCOL_MINIMUM, PROTOCOL_VERSION } from '@aufruf/shared/protocol/messages';
import { ENVELOPE_VERSION, GENESIS_HASH, type JournalEvent } from '@aufruf/shared/sync/event';
import type { Chance } from './machinery/chance.ts';
import { HUB, type World } from './world.ts';

type Draft = Pick<JournalEvent, 'type' | 'payload'>;

/** Batches to push one after the other; only the last one is the lie. */
interface Lie {
  readonly rule: 'J1' | 'J3' | 'X8';
  readonly what: string;
  readonly batches: readonly Partial<JournalEvent>[];
  /** A hub that succeeds a lost one has to take such things: of what nobody holds any more, the end is all there is (O3, J6). */
  readonly isTakenBySuccessor?: boolean;
}

export function intrude(world: World, chance: Chance): void {
  const victim = chance.pick([...world.devices.values()]).id;
  if (chance.happens(0.3)) sendForgedHead(world, chance, victim);
  else pushLie(world, victim, chance.pick(liesAs(world, chance, victim)));
}

/** As a hub that has been replaced and does not know: an older epoch, an order of its own, a clock of its own. */
function sendForgedHead(world: World, chance: Chance, victim: string): void {
  const store = world.hubs.current().disk.peek();
  const day = world.officialDay();
  const current = Number(store.readSetting('epoch') ?? '1');
  const epoch = Math.max(1, current - chance.between(0, 1));
  // Whom the victim still believes says nothing wrong of the time: nothing tells the two apart.
  const known = Number(world.devices.get(victim)?.disk.peek().readSetting('epoch') ?? '0');
  const isOld = epoch < known;
  const hubAt = world.trueNow() + (isOld ? (chance.between(-9, 9) || 1) * HOUR_MS : 0);
  const head = store.head(day);
  const chain = chance.happens(0.5) ? sha256(String(head.n)) : head.chain;
  const n = Math.max(0, head.n + chance.between(-2, 2));
  const forged = forgedTail(world, n, epoch, chance);
  // Nothing but its epoch gives an old one away.
  const position = { day, epoch, n: isOld ? Math.max(0, n - 3) : n, chain };
  const tail = isOld ? [] : forged;
  world.trace('INTRUDER', () => `sends ${victim} a head of epoch ${epoch} at row ${position.n}`);
  world.network.forgeHint(victim, 'sync:head', { epoch, position, hubAt, tail, check: null });
}

/** A row that exists, out of its place, or changed. */
function forgedTail(world: World, n: number, epoch: number, chance: Chance): readonly unknown[] {
  const entry = world.hubs
    .current()
    .disk.peek()
    .entriesAfter(world.officialDay(), Math.max(0, n - 1), 1)[0];
  if (entry === undefined || chance.happens(0.3)) return [];
  const { row, event } = entry;
  if (chance.happens(0.5)) return [{ row: { ...row, n: row.n + 1 }, event }];
  return [{ row: { ...row, epoch }, event: { ...event, payload: { ...event.payload, forged: true } } }];
}

/** What nobody may say as this device. */
function liesAs(world: World, chance: Chance, device: string): readonly Lie[] {
  const visitId = [...(world.hub()?.state().openVisits.values() ?? [])][0]?.id ?? chance.hex128();
  const stateHash = '0'.repeat(64);
  const day = world.officialDay();
  const dayClosed = { type: 'v1.DayClosed', payload: { day, stateHash } };
  const outcome = { type: 'granted', facts: [dayClosed], receipt: { visitId: null, number: null } };
  const ofTheHub: readonly Draft[] = [
    dayClosed,
    { type: 'v1.VisitExpired', payload: { visitId } },
    { type: 'v1.ClaimDecided', payload: { commandId: chance.hex128(), outcome } },
  ];
  const lies: Lie[] = [
    { rule: 'X8', what: 'what only the hub may say', batches: [chance.pick(ofTheHub)] },
    ...liesOfOthers(world, device),
  ];
  if (device.startsWith('display')) return [...lies, { rule: 'X8', what: 'anything at all', batches: [rumour(1)] }];
  return [
    ...lies,
    { rule: 'J1', what: 'a journal with a gap', batches: [{ ...rumour(1), seq: 2 }], isTakenBySuccessor: true },
    {
      rule: 'J1',
      what: 'a journal without a beginning',
      batches: [{ ...rumour(1), prevHash: 'f'.repeat(64) as never }],
      isTakenBySuccessor: true,
    },
    { rule: 'J3', what: 'two events with one key', batches: [rumour(1), rumour(2)] },
  ];
}

/** A hub that has taken a lost one's place takes others' events from anybody but a display, and so does one with relays (J6). */
function liesOfOthers(world: World, device: string): readonly Lie[] {
  if (world.hubs.current().disk.peek().readSetting('succeedsOn') !== null) return [];
  const hasRelays = (world.office.config.sync?.relays.length ?? 0) > 0;
  const other = [...world.devices.keys()].find((id) => id !== device) ?? device;
  return [HUB, 'nobody', ...(hasRelays ? [] : [other])].map((author) => ({
    rule: 'X8',
    what: `an event of ${author}`,
    batches: [{ ...rumour(1), device: author as never }],
    isTakenBySuccessor: true,
  }));
}

/** Of a version nobody knows: kept, and changes nothing (J6). */
const rumour = (n: number): Draft => ({ type: 'v2.RumourSpread', payload: { n } });

/** Connects as a device of the location, with a disk of its own. */
function pushLie(world: World, device: string, { rule, what, batches, isTakenBySuccessor = false }: Lie): void {
  const { platform } = world.intruderMachine.start();
  const link = world.network.link(device, world.hubs.current().node, world.intruderMachine.process() as never);
  const incarnation = platform.newIncarnation();
  const deviceAt = platform.now();
  const day = world.officialDay();
  const envelope = {
    device,
    incarnation,
    seq: 1,
    prevHash: GENESIS_HASH,
    day,
    v: ENVELOPE_VERSION,
    deviceAt,
    monoMs: 0,
  };
  world.trace('INTRUDER', () => `pushes ${what} as ${device}`);

  const pushFrom = (index: number): void => {
    link.request('sync:push', { events: [{ ...envelope, ...batches[index] }], deviceAt }, (answer) => {
      const isTaken = (answer as { ok: boolean }).ok;
      if (isTaken && index + 1 < batches.length) return pushFrom(index + 1);
      const isExcused = isTakenBySuccessor && world.hubs.loss() !== null;
      if (isTaken && !isExcused) world.report(rule, `the hub takes ${what} from ${device}`);
      link.close();
    });
  };
  const version = { protocol: PROTOCOL_VERSION, protocolMinimum: PROTOCOL_MINIMUM };
  const hello = { ...version, device, incarnation, versionVector: {}, position: null, epoch: 0, deviceAt };
  const handlers: LinkHandlers = {
    onUp: () => link.request('sync:hello', hello, () => pushFrom(0)),
    onDown: () => {},
    onHint: () => {},
  };
  link.start(handlers);
}
