/**
 * The words of the counter app: plain, short, without officialese. Every refusal a clerk can meet has an entry, so that
 * a new one does not compile until it says what happened and what to do.
 */
import type { BridgeRefusalType } from '../../bridge/bridge.ts';
import type { CommandRefusalType } from '../../domain/commands.ts';
import type { BreakReason } from '../../domain/counter/counter.ts';
import type { FactType } from '../../domain/facts.ts';
import type { BlockReason, PlaceReason } from '../../domain/views/view-schemas.ts';
import type { CancelReason, Outcome, ParkReason, Priority, PriorityReason } from '../../domain/visit/visit.ts';
import type { LocationTexts } from './location-texts.ts';
import type { RefusalText } from './refusal-text.ts';

export type CounterWord = 'desk' | 'counter' | 'room';

/** What a clerk's screen sends. */
export type ClerkCommand =
  | 'openCounter'
  | 'closeCounter'
  | 'beginBreak'
  | 'endBreak'
  | 'callNext'
  | 'callSpecific'
  | 'walkDirect'
  | 'recall'
  | 'markArrived'
  | 'markNoShow'
  | 'finish'
  | 'park'
  | 'resume'
  | 'requeue'
  | 'transfer'
  | 'addFollowUp'
  | 'editServices'
  | 'changePriority'
  | 'changePartySize'
  | 'cancelVisit'
  | 'undo';

/** Every way a clerk's command can be turned down: by the rules of the day, or by the connection. */
export type ClerkRefusal = CommandRefusalType<ClerkCommand> | BridgeRefusalType;

/** Facts that a clerk can take back. */
export type UndoableFact = Extract<
  FactType,
  | 'v1.VisitCalled'
  | 'v1.VisitRecalled'
  | 'v1.VisitArrived'
  | 'v1.VisitNotShown'
  | 'v1.VisitParked'
  | 'v1.VisitResumed'
  | 'v1.VisitRequeued'
  | 'v1.VisitTransferred'
  | 'v1.FollowUpAdded'
  | 'v1.ServicesEdited'
  | 'v1.PriorityChanged'
  | 'v1.PartySizeChanged'
  | 'v1.VisitFinished'
  | 'v1.VisitCancelled'
  | 'v1.TicketIssued'
  | 'v1.CounterOpened'
  | 'v1.CounterClosed'
  | 'v1.BreakBegan'
  | 'v1.BreakEnded'
>;

interface SignInTexts {
  readonly title: string;
  hint(word: CounterWord): string;
  readonly free: string;
  readonly taken: string;
  readonly onBreak: string;
  serving(number: string): string;
  readonly takeOverTitle: (counter: string) => string;
  readonly takeOverBody: string;
  takeOverVisit(number: string): string;
  readonly takeOver: string;
  /** Told to whoever was signed in before. */
  takenFromYou(counter: string): string;
  readonly takenFromYouHow: string;
  readonly loading: string;
  readonly notConfigured: string;
  readonly notConfiguredHow: string;
  readonly dayNotOpened: string;
  readonly dayNotOpenedHow: string;
  readonly dayClosed: string;
  readonly dayClosedHow: string;
  readonly noCounters: string;
}

interface ConnectionTexts {
  connected(since: string): string;
  connecting(since: string): string;
  lost(since: string): string;
  /** Another device stands in for the hub; its answers are provisional. */
  relay(since: string): string;
  waiting(count: number): string;
  /** The disk of the machine that answers this screen. */
  readonly diskLow: string;
  readonly lostHow: string;
}

interface ActionTexts {
  readonly callNext: string;
  readonly arrived: string;
  readonly recall: string;
  readonly noShow: string;
  readonly requeue: string;
  readonly finish: string;
  readonly finishAsDone: string;
  readonly park: string;
  readonly transfer: string;
  readonly followUp: string;
  readonly endBreak: string;
  readonly beginBreak: string;
  readonly signOut: string;
  readonly enterNumber: string;
  readonly walkDirect: string;
  readonly call: string;
  callNumber(number: string): string;
  readonly resume: string;
  resumeNumber(number: string): string;
  moreFor(number: string): string;
  /** Before the things that can be changed. */
  readonly edit: string;
  readonly services: string;
  readonly partySize: string;
  readonly priority: string;
  readonly editServices: string;
  readonly editPartySize: string;
  readonly editPriority: string;
  readonly requeueSame: string;
  readonly requeueEnd: string;
  readonly left: string;
  readonly cancelBooking: string;
  readonly back: string;
  readonly save: string;
  readonly retry: string;
  readonly close: string;
  readonly dismiss: string;
}

interface VisitTexts {
  readonly nobodyCalled: string;
  nobodyHint(waiting: number): string;
  readonly nextUp: string;
  calledSince(clock: string): string;
  /** `times`: recalls after the call itself, from 1. */
  recalled(times: number): string;
  servingSince(clock: string): string;
  readonly onBreak: string;
  breakSince(time: string, reason: string | null): string;
  party(size: number): string;
  languageName(language: 'de' | 'en'): string;
  appointment(time: string): string;
  readonly walkIn: string;
  readonly noNumber: string;
  readonly priority: Readonly<Record<Priority, string>>;
  priorityWith(reason: string): string;
  readonly priorityReason: Readonly<Record<PriorityReason, string>>;
  /** Heading of the current visit, for screen readers. */
  readonly current: string;
}

interface QueueTexts {
  readonly title: string;
  readonly tabs: Readonly<Record<'waiting' | 'parked' | 'missed' | 'booked', string>>;
  readonly empty: Readonly<Record<'waiting' | 'parked' | 'missed' | 'booked', string>>;
  elsewhere(count: number): string;
  waitingMinutes(minutes: number): string;
  unanswered(times: number): string;
  reason(
    reason: PlaceReason,
    at: { readonly appointment: string | null; readonly priority: string | null; readonly word: CounterWord },
  ): string;
  blocked(reason: BlockReason, at: { readonly until: string | null; readonly appointment: string | null }): string;
  readonly parkReason: Readonly<Record<ParkReason, string>>;
  readonly bookedHint: string;
  readonly listHelp: string;
}

interface DialogTexts {
  finishTitle(number: string): string;
  readonly outcomeLegend: string;
  readonly outcome: Readonly<Record<Outcome, string>>;
  readonly deliveredLegend: string;
  readonly finishAndNext: string;
  parkTitle(number: string): string;
  readonly parkLegend: string;
  transferTitle(number: string): string;
  readonly transferService: string;
  readonly transferKeepService: string;
  transferCounter(word: CounterWord): string;
  transferAnyCounter(word: CounterWord): string;
  readonly transferNothingChosen: string;
  transferNobodyServes(word: CounterWord): string;
  followUpTitle(number: string): string;
  readonly followUpAdd: string;
  servicesTitle(number: string): string;
  readonly servicesNone: string;
  readonly walkDirectTitle: string;
  readonly walkDirectHint: string;
  readonly walkDirectStart: string;
  partyTitle(number: string): string;
  readonly partyLabel: string;
  readonly partyLess: string;
  readonly partyMore: string;
  priorityTitle(number: string): string;
  readonly priorityLegend: string;
  readonly priorityReasonLegend: string;
  readonly numberTitle: string;
  readonly numberLabel: string;
  readonly numberHint: string;
  numberUnknown(number: string): string;
  numberAmbiguous(numbers: string): string;
  readonly numberCall: string;
  readonly breakTitle: string;
  readonly breakLegend: string;
  readonly breakReason: Readonly<Record<BreakReason, string>>;
  readonly breakStart: string;
  rowTitle(number: string): string;
  readonly language: string;
  readonly serviceSearch: string;
  readonly serviceNoMatch: string;
  readonly helpTitle: string;
  readonly helpKeys: string;
  readonly helpList: string;
  readonly helpArrows: string;
  readonly cancelReasonLegend: string;
  readonly cancelReason: Readonly<Record<CancelReason, string>>;
}

export interface CounterTexts {
  readonly appName: string;
  readonly signIn: SignInTexts;
  readonly connection: ConnectionTexts;
  readonly actions: ActionTexts;
  readonly visit: VisitTexts;
  readonly queue: QueueTexts;
  readonly dialogs: DialogTexts;
  readonly undo: {
    label(what: string): string;
    until(clock: string): string;
    /** Where there is no room for the label. */
    readonly short: string;
    readonly nothing: string;
    readonly what: Readonly<Record<UndoableFact, string>>;
    readonly lastStep: string;
  };
  readonly settings: {
    readonly title: string;
    readonly language: string;
    readonly largeText: string;
    readonly highContrast: string;
    readonly signKeys: string;
    readonly signKeysHint: string;
    readonly help: string;
  };
  /** A call made while counters were cut off from each other, which another counter's took precedence over. */
  readonly superseded: { title(number: string): string; readonly how: string };
  readonly arrival: {
    /** Somebody came into an empty queue. */
    title(number: string): string;
    how(key: string): string;
  };
  readonly title: {
    idle(waiting: number, counter: string): string;
    visit(number: string, counter: string): string;
    arrival(number: string): string;
  };
  readonly refusals: Readonly<Record<ClerkRefusal, RefusalText>>;
  /** The supervisor's page. */
  readonly location: LocationTexts;
  readonly keys: { readonly ctrl: string };
}
