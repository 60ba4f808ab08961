/** Without the hub, with a kiosk for a relay: what is drawn there is called at the counters, and shown. */
import { relayOfficeTest } from '@aufruf/dev/e2e-harness/relay-office';
import {
  calledNumbers,
  currentNumber,
  drawTicket,
  serveAndFinish,
  signIn,
  untilMode,
  waitingNumbers,
} from '@aufruf/dev/e2e-harness/steps';
import { describe, expect } from 'vitest';

const GROUP = 'Ausweis und Reisepass';
const SERVICE = 'Personalausweis beantragen';
const OWN = { hasEngine: true } as const;

const relayTest = relayOfficeTest('kiosk-1');

describe('Without the hub, with a relay', () => {
  relayTest(
    'M2: three tickets drawn without the hub are called at a counter, and with the hub everything is there once, in order',
    async ({ office }) => {
      const kiosk = await office.open('kiosk', { ...OWN, station: 'kiosk-1' });
      const display = await office.open('display', { ...OWN, station: 'display-3' });
      const counter = await office.open('counter', { ...OWN, setUpAs: 'counter-3' });
      await signIn(counter, 'Schalter 3');
      const before = await drawTicket(kiosk, GROUP, SERVICE);
      await expect.poll(() => waitingNumbers(counter)).toEqual([before]);

      await office.killHub();
      for (const screen of [kiosk, counter, display]) await untilMode(office, screen, 'RELAY');
      const drawn = [];
      for (let ticket = 0; ticket < 3; ticket += 1) drawn.push(await drawTicket(kiosk, GROUP, SERVICE));
      await expect.poll(() => waitingNumbers(counter)).toEqual([before, ...drawn]);

      // The first come is the first called, and the display follows the relay too.
      for (const number of [before, ...drawn.slice(0, 2)]) {
        await counter.keyboard.press('F2');
        await currentNumber(counter, number);
        await calledNumbers(display, [number]);
        await serveAndFinish(counter);
      }

      await office.startHub();
      for (const screen of [kiosk, counter, display]) await untilMode(office, screen, 'ORDERED');
      // A screen that has just come knows the same.
      const late = await office.open('counter', { inBrowser: true });
      await signIn(late, 'Schalter 4');
      for (const screen of [counter, late]) await expect.poll(() => waitingNumbers(screen)).toEqual(drawn.slice(2));
      await counter.keyboard.press('F2');
      await currentNumber(counter, drawn[2]);
      await calledNumbers(display, drawn.slice(2));
      expect(await drawTicket(kiosk, GROUP, SERVICE)).toBe('A002');
    },
  );
});
