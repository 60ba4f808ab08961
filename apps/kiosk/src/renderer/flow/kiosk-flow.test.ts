import type { CommandId, GroupId, ServiceId, VisitId } from '@aufruf/shared/lib/ids';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  ANSWER_MS,
  ASK_AFTER_MS,
  type Flow,
  type FlowInput,
  kioskFlow,
  MAX_CODE_LENGTH,
  MIN_CODE_LENGTH,
  type Press,
  SETTLE_MS,
  startFlow,
  TICKET_MS,
  TROUBLE_MS,
} from './kiosk-flow.ts';

const group = 'documents' as GroupId;
const service = 'id-card' as ServiceId;
const command = (name: string) => `command-${name}-000000` as CommandId;
const visitId = 'visit-0000000000' as VisitId;

const press = (flow: Flow, what: Press, at: number) => kioskFlow(flow, { type: 'press', press: what, at });
const choose = (id: CommandId): Press => ({ type: 'chooseService', serviceId: service, commandId: id });
const openGroup: Press = { type: 'openGroup', groupId: group };

/** A citizen who has chosen a group, at 1,000 ms, with the screen settled at 2,000. */
const atServices = () => press(startFlow(0), openGroup, 1_000);
const issuing = () => press(atServices(), choose(command('a')), 2_000);
const withTicket = () =>
  kioskFlow(issuing(), { type: 'issued', commandId: command('a'), visitId, number: 'B207', at: 2_100 });

describe('Kiosk flow', () => {
  it('comes to a ticket in two touches', () => {
    expect(issuing().step).toEqual({
      name: 'issuing',
      request: { kind: 'ticket', serviceId: service, commandId: command('a') },
    });
    expect(withTicket().step).toEqual({ name: 'ticket', visitId, number: 'B207' });
  });

  it('One press, one ticket: a double or triple touch on a service keeps the first command', () => {
    let flow = issuing();
    for (const at of [2_050, 2_100, 2_900]) flow = press(flow, choose(command(`b${at}`)), at);
    expect(flow).toEqual(issuing());
  });

  it('One press, one ticket: a double touch on a group does not choose the service that comes up beneath the finger', () => {
    const flow = atServices();
    expect(press(flow, choose(command('a')), 1_000 + SETTLE_MS - 1)).toEqual(flow);
    expect(press(flow, choose(command('a')), 1_000 + SETTLE_MS).step.name).toBe('issuing');
  });

  it('One press, one ticket: the tail of a touch does not put the ticket away', () => {
    const flow = withTicket();
    expect(press(flow, { type: 'startOver' }, 2_100 + SETTLE_MS - 1)).toEqual(flow);
    expect(press(flow, { type: 'startOver' }, 2_100 + SETTLE_MS).step.name).toBe('groups');
  });

  it('ignores an answer to another command than the one awaited', () => {
    const late: FlowInput = { type: 'issued', commandId: command('old'), visitId, number: 'B1', at: 2_100 };
    expect(kioskFlow(issuing(), late)).toEqual(issuing());
    expect(kioskFlow(startFlow(0), late)).toEqual(startFlow(0));
  });

  it('shows trouble in its own step and returns from it by itself', () => {
    const flow = kioskFlow(issuing(), {
      type: 'refused',
      commandId: command('a'),
      refusal: 'serviceClosed',
      at: 3_000,
    });
    expect(flow.step).toEqual({ name: 'trouble', refusal: 'serviceClosed' });
    expect(kioskFlow(flow, { type: 'tick', at: 3_000 + TROUBLE_MS - 1 })).toEqual(flow);
    expect(kioskFlow(flow, { type: 'tick', at: 3_000 + TROUBLE_MS }).step.name).toBe('groups');
  });

  it('takes digits up to the longest code, and checks in from the shortest on', () => {
    let flow = press(startFlow(0), { type: 'openAppointment' }, 1_000);
    const digit = (count: number) => {
      for (let index = 0; index < count; index += 1) flow = press(flow, { type: 'digit', digit: '7' }, 2_000);
    };
    digit(MIN_CODE_LENGTH - 1);
    expect(press(flow, { type: 'checkIn', commandId: command('c') }, 3_000)).toEqual(flow);
    digit(1);
    expect(press(flow, { type: 'checkIn', commandId: command('c') }, 3_000).step.name).toBe('issuing');
    digit(20);
    expect(flow.step).toEqual({ name: 'appointment', code: '7'.repeat(MAX_CODE_LENGTH) });
    flow = press(flow, { type: 'deleteDigit' }, 2_500);
    expect(flow.step).toEqual({ name: 'appointment', code: '7'.repeat(MAX_CODE_LENGTH - 1) });
  });

  it('asks before it goes back to the start, and any touch keeps the place', () => {
    const quiet = atServices();
    expect(kioskFlow(quiet, { type: 'tick', at: 1_000 + ASK_AFTER_MS - 1 }).asking).toBe(false);
    const asked = kioskFlow(quiet, { type: 'tick', at: 1_000 + ASK_AFTER_MS });
    expect(asked.asking).toBe(true);
    const kept = kioskFlow(asked, { type: 'touched', at: 70_000 });
    expect(kept.asking).toBe(false);
    expect(kept.step).toEqual(quiet.step);
    expect(kioskFlow(asked, { type: 'tick', at: 1_000 + ASK_AFTER_MS + ANSWER_MS }).step.name).toBe('groups');
  });

  it('leaves a ticket standing for its time, and longer on request', () => {
    const flow = withTicket();
    expect(kioskFlow(flow, { type: 'tick', at: 2_100 + TICKET_MS - 1 }).step.name).toBe('ticket');
    const longer = press(flow, { type: 'moreTime' }, 30_000);
    expect(kioskFlow(longer, { type: 'tick', at: 2_100 + TICKET_MS }).step.name).toBe('ticket');
    expect(kioskFlow(longer, { type: 'tick', at: 30_000 + TICKET_MS }).step.name).toBe('groups');
  });

  it('is a new citizen\'s after a ticket or a long silence, but not after "back"', () => {
    const back = press(atServices(), { type: 'back' }, 2_000);
    expect(back).toMatchObject({ citizen: 1, step: { name: 'groups', page: 0 } });
    expect(press(withTicket(), { type: 'startOver' }, 9_000).citizen).toBe(2);
    const left = kioskFlow(startFlow(0), { type: 'touched', at: 500 });
    expect(kioskFlow(left, { type: 'tick', at: 500 + ASK_AFTER_MS - 1 }).citizen).toBe(1);
    const reset = kioskFlow(left, { type: 'tick', at: 500 + ASK_AFTER_MS });
    expect(reset).toMatchObject({ citizen: 2, asking: false });
    expect(kioskFlow(reset, { type: 'tick', at: 500 + 9 * ASK_AFTER_MS })).toEqual(reset);
  });

  it('property: however wildly somebody presses, a second command never starts before the first is answered', () => {
    const presses = fc.array(
      fc.record({
        gapMs: fc.integer({ min: 0, max: 1_200 }),
        what: fc.constantFrom<Press['type']>(
          'openGroup',
          'chooseService',
          'openAppointment',
          'back',
          'startOver',
          'turnPage',
          'moreTime',
        ),
      }),
      { maxLength: 60 },
    );
    fc.assert(
      fc.property(presses, (sequence) => {
        let flow = startFlow(0);
        let at = 0;
        let made = 0;
        for (const { gapMs, what } of sequence) {
          at += gapMs;
          made += 1;
          const before = flow;
          const all: Record<string, Press> = {
            openGroup,
            chooseService: choose(command(`n${made}`)),
            turnPage: { type: 'turnPage', by: -1 },
          };
          flow = press(flow, all[what] ?? ({ type: what } as Press), at);
          if (before.step.name === 'issuing') expect(flow).toBe(before);
          if (flow.step.name === 'groups' || flow.step.name === 'services')
            expect(flow.step.page).toBeGreaterThanOrEqual(0);
        }
      }),
      { seed: 20261122, numRuns: 300 },
    );
  });
});
