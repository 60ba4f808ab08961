/**
 * What a hub and its devices do together, whatever store they write to and whatever transport they talk over. Run for
 * every combination by `hub-device.test.ts`.
 */

import type { CommandAnswer } from '@aufruf/engine/sync/command-answer';
import type { DeviceEngine } from '@aufruf/engine/sync/device-engine';
import { dayToJson } from '@aufruf/shared/domain/day/test/day-to-json';
import { callBoard } from '@aufruf/shared/domain/views/call-board';
import type { DisplayId } from '@aufruf/shared/lib/ids';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Hub } from './hub.ts';
import { callNext, command, draw, finish, markArrived, openCounter } from './test/commands.ts';

export interface OfficeRig {
  hub(): Hub;
  /** Starts a device, or returns the running one. */
  device(id: string): DeviceEngine;
  /** Ends the device's process; its disk stays. */
  stopDevice(id: string): void;
  /** Ends the hub's process at once, or starts it again on its disk. */
  stopHub(): Promise<void>;
  startHub(): Promise<void>;
  until(condition: () => boolean, what?: string): Promise<void>;
  /** Lets messages move until the answer is there. */
  answered(answer: Promise<CommandAnswer>): Promise<CommandAnswer>;
  close(): Promise<void>;
}

export function hubDeviceContract(name: string, createRig: () => Promise<OfficeRig>): void {
  describe(`hub and devices: ${name}`, () => {
    let rig: OfficeRig;
    beforeEach(async () => {
      rig = await createRig();
    });
    afterEach(() => rig.close());

    const isReady = (id: string) => rig.device(id).syncStatus().mode === 'ORDERED';
    const hasAll = (id: string) => isReady(id) && rig.device(id).rows() === rig.hub().stats().head.n;
    const run = (id: string, sent: Parameters<DeviceEngine['execute']>[0]) =>
      rig.answered(rig.device(id).execute(sent));
    const expectAgreement = async (...ids: string[]) => {
      await rig.until(
        () => ids.every((id) => hasAll(id) && rig.device(id).syncStatus().eventsWaiting === 0),
        'agreement',
      );
      for (const id of ids) {
        expect(dayToJson(rig.device(id).state())).toBe(dayToJson(rig.hub().state()));
        expect(rig.device(id).stateHash()).toBe(rig.hub().stateHash());
      }
    };

    it('O5, X5: a visit from the kiosk over the counter to its end, seen alike by all', async () => {
      await rig.until(() => ['kiosk-1', 'counter-1', 'display-3'].every(isReady));
      const drawn = await run('kiosk-1', draw());
      expect(drawn).toMatchObject({ ok: true, value: { number: 'A0001' } });
      const { visitId } = drawn.ok ? drawn.value : { visitId: null };
      expect(
        await run(
          'kiosk-1',
          command('confirmHandOver', { kioskId: 'kiosk-1', visitId: String(visitId), means: 'screen' }),
        ),
      ).toMatchObject({ ok: true });
      expect(await run('counter-1', openCounter('counter-1'))).toMatchObject({ ok: true });
      expect(await run('counter-1', callNext('counter-1'))).toEqual(drawn);
      await rig.until(() => hasAll('display-3'));
      const board = callBoard(rig.device('display-3').state(), 'display-3' as DisplayId, rig.device('display-3').now());
      expect(board?.calls).toMatchObject([{ number: 'A0001', counterLabel: '1', announcement: 1 }]);
      expect(await run('counter-1', markArrived('counter-1'))).toMatchObject({ ok: true });
      expect(await run('counter-1', finish('counter-1'))).toMatchObject({ ok: true });
      await expectAgreement('kiosk-1', 'counter-1', 'display-3');
      expect(rig.hub().state().closedVisits.size).toBe(1);
    });

    it('O6: the hub’s refusal of a claim reaches its author by name', async () => {
      await rig.until(() => isReady('counter-1'));
      expect(await run('counter-1', callNext('counter-1'))).toEqual({ ok: false, refusal: { type: 'counterNotOpen' } });
      expect(await run('counter-1', openCounter('counter-1'))).toMatchObject({ ok: true });
      expect(await run('counter-1', callNext('counter-1'))).toEqual({ ok: false, refusal: { type: 'nobodyWaiting' } });
    });

    it('O6: a command repeated on the device, and once more after it is done, is one command', async () => {
      await rig.until(() => isReady('kiosk-1'));
      const once = draw('id-card', 'pressed-three-times-fast');
      const presses = [
        rig.device('kiosk-1').execute(once),
        rig.device('kiosk-1').execute(once),
        rig.device('kiosk-1').execute(once),
      ];
      const answers = [];
      for (const press of presses) answers.push(await rig.answered(press));
      answers.push(await run('kiosk-1', once));
      expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
      await expectAgreement('kiosk-1');
      expect(rig.hub().state().openVisits.size).toBe(1);
    });

    it('P1: a device that comes late fetches the day', async () => {
      for (let i = 0; i < 30; i += 1) await rig.answered(rig.hub().execute(draw()));
      await expectAgreement('display-3');
      expect(rig.device('display-3').state().openVisits.size).toBe(30);
    });

    it('O3, J5: a restarted hub takes a higher epoch; facts made meanwhile arrive; nothing is told twice', async () => {
      await rig.until(() => ['kiosk-1', 'counter-1', 'display-3'].every(isReady));
      await run('kiosk-1', draw());
      await run('counter-1', openCounter('counter-1'));
      await run('counter-1', callNext('counter-1'));
      const { epoch } = rig.hub().stats();
      await rig.stopHub();
      expect(await run('counter-1', markArrived('counter-1'))).toMatchObject({ ok: true });
      expect(rig.device('counter-1').syncStatus().eventsWaiting).toBeGreaterThan(0);
      await rig.startHub();
      expect(rig.hub().stats().epoch).toBeGreaterThan(epoch);
      await expectAgreement('kiosk-1', 'counter-1', 'display-3');
      expect([...rig.hub().state().openVisits.values()]).toMatchObject([{ state: 'serving' }]);
      expect(rig.hub().state().rejections).toEqual([]);
    });

    it('O6: a claim under way while the hub is away is decided when it is back, once', async () => {
      await rig.until(() => isReady('kiosk-1'));
      await rig.stopHub();
      const answer = rig.device('kiosk-1').execute(draw());
      await rig.startHub();
      expect(await rig.answered(answer)).toMatchObject({ ok: true });
      await expectAgreement('kiosk-1');
      expect(rig.hub().state().openVisits.size).toBe(1);
    });

    it('J4, J5: a device that ends with unsent facts hands them in after its restart', async () => {
      await rig.until(() => ['kiosk-1', 'counter-1'].every(isReady));
      await run('kiosk-1', draw());
      await run('counter-1', openCounter('counter-1'));
      await run('counter-1', callNext('counter-1'));
      await rig.stopHub();
      await run('counter-1', markArrived('counter-1'));
      rig.stopDevice('counter-1');
      expect([...rig.device('counter-1').state().openVisits.values()]).toMatchObject([{ state: 'serving' }]);
      await rig.startHub();
      await expectAgreement('counter-1');
      expect([...rig.hub().state().openVisits.values()]).toMatchObject([{ state: 'serving' }]);
    });

    it('X6: a display that was away shows what is called now, and nothing else', async () => {
      await rig.until(() => ['kiosk-1', 'counter-1', 'display-3'].every(isReady));
      await run('counter-1', openCounter('counter-1'));
      for (let i = 0; i < 3; i += 1) await run('kiosk-1', draw());
      await run('counter-1', callNext('counter-1'));
      await rig.until(() => hasAll('display-3'));
      rig.stopDevice('display-3');
      for (const sent of [
        markArrived('counter-1'),
        finish('counter-1'),
        callNext('counter-1'),
        command('recall', { counterId: 'counter-1' }),
      ]) {
        expect(await run('counter-1', sent)).toMatchObject({ ok: true });
      }
      await expectAgreement('display-3', 'counter-1');
      const display = rig.device('display-3');
      const board = callBoard(display.state(), 'display-3' as DisplayId, display.now());
      expect(board?.calls).toMatchObject([{ number: 'A0002', announcement: 2 }]);
    });

    it('T1: a device’s clock may be years off: the order has the hub’s time, and so has the device', async () => {
      await rig.until(() => isReady('kiosk-1'));
      const before = rig.hub().now();
      expect(Math.abs(rig.device('kiosk-1').now() - before)).toBeLessThan(60_000);
      await run('kiosk-1', draw());
      const [visit] = rig.hub().state().openVisits.values();
      expect(Math.abs((visit?.arrivedAt ?? 0) - before)).toBeLessThan(60_000);
    });
  });
}
