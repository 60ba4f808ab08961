/** Words on the kiosk and on the ticket page of the phone. Short sentences, everyday words. */
import type { ClosedReason } from '../../domain/views/view-schemas.ts';
import type { VisitState } from '../../domain/visit/visit.ts';

export interface KioskTexts {
  readonly welcome: string;
  readonly chooseGroup: string;
  readonly chooseService: string;
  readonly back: string;
  readonly startOver: string;
  readonly morePages: string;
  readonly previousPage: string;
  readonly haveAppointment: string;
  readonly enterCode: string;
  readonly enterCodeHint: string;
  readonly deleteDigit: string;
  readonly checkIn: string;
  peopleWaiting(count: number): string;
  readonly closedReason: Readonly<Record<ClosedReason, string>>;
  readonly groupClosed: string;

  readonly issuing: string;
  readonly stillTrying: string;

  readonly yourNumber: string;
  readonly takePhoto: string;
  ahead(count: number): string;
  readonly waitHere: string;
  waitIn(area: string): string;
  readonly bring: string;
  readonly followOnPhone: string;
  readonly qrLabel: string;
  readonly done: string;
  readonly moreTime: string;
  closesIn(seconds: number): string;
  readonly stillThere: string;
  readonly yesMoreTime: string;

  readonly closed: string;
  opensAt(day: string, time: string): string;
  readonly opensUnknown: string;
  /** Nothing can be drawn here now. Says nothing of the reason: a citizen can do nothing about it. */
  readonly noNumbers: string;
  readonly noNumbersHint: string;
  readonly unknownKiosk: string;
  readonly unknownKioskHint: string;
  readonly starting: string;

  /** Why no ticket came, in words a citizen can act on. */
  readonly trouble: Readonly<
    Record<
      | 'serviceClosed'
      | 'contingentUsedUp'
      | 'appointmentOnly'
      | 'numbersExhausted'
      | 'unknownAppointment'
      | 'alreadyCheckedIn'
      | 'appointmentTooEarly'
      | 'dayClosed'
      | 'other',
      string
    >
  >;
  readonly troubleHint: string;

  readonly options: string;
  readonly language: string;
  readonly largeText: string;
  readonly highContrast: string;
  readonly lowReach: string;

  /** The ticket page on the phone. */
  readonly phone: {
    readonly title: string;
    readonly state: Readonly<Record<VisitState, string>>;
    goTo(place: string): string;
    readonly unknown: string;
    readonly unknownHint: string;
    readonly offline: string;
    readonly keepOpen: string;
  };
}
