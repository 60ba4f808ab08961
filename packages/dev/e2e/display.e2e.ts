/** The display in a real browser: what is shown, what is heard, and what axe finds. */
import { describe, expect } from 'vitest';
import { expectNoAxeFindings } from '../src/e2e-harness/expect-no-axe-findings.ts';
import { officeTest } from '../src/e2e-harness/office.ts';
import { audioCalls, waitForSpeech } from '../src/e2e-harness/record-audio.ts';
import { calledNumbers, drawTicket, signIn } from '../src/e2e-harness/steps.ts';

describe('Display', () => {
  officeTest(
    'calls and recalls are each heard once, one after the other, and a new display announces nothing old',
    async ({ office }) => {
      const kiosk = await office.open('kiosk');
      const display = await office.open('display', { station: 'display-3' });
      const counters = [
        await office.open('counter', { setUpAs: 'counter-1' }),
        await office.open('counter', { setUpAs: 'counter-2' }),
      ];
      await display.getByText('Im Moment kein Aufruf').waitFor();
      await expectNoAxeFindings(display);
      for (const [index, counter] of counters.entries()) {
        await signIn(counter, `Schalter ${index + 1}`);
        await drawTicket(kiosk, 'Ausweis und Reisepass', 'Personalausweis beantragen');
      }
      for (const counter of counters) await counter.getByText('A002').first().waitFor();
      await Promise.all(counters.map((counter) => counter.keyboard.press('F2')));
      await waitForSpeech(display, 'A 001');
      await waitForSpeech(display, 'A 002');
      await expectNoAxeFindings(display);
      await counters[0]?.keyboard.press('F3');
      await expect
        .poll(async () => (await audioCalls(display)).filter((heard) => heard.kind === 'speech').length, {
          timeout: 20_000,
        })
        .toBe(3);

      // A second screen of the same display, which no two desktop apps can be.
      const late = await office.open('display', { station: 'display-3', inBrowser: true });
      await late.getByText('A001').first().waitFor();
      const [lateHeard, heard] = [await audioCalls(late), await audioCalls(display)];
      expect(lateHeard).toEqual([]);
      const speeches = heard.filter((call) => call.kind === 'speech');
      const gongs = heard.filter((call) => call.kind === 'tone');
      // Six tones are one gong, and each gong comes after the speech before it.
      expect(gongs).toHaveLength(speeches.length * 6);
      for (const [index, speech] of speeches.entries()) {
        expect(gongs[index * 6]?.startedAt ?? 0).toBeLessThanOrEqual(speech.startedAt);
        if (index > 0) expect(gongs[index * 6]?.startedAt ?? 0).toBeGreaterThan(speeches[index - 1]?.startedAt ?? 0);
      }
    },
  );

  officeTest('shows only the calls of its areas', async ({ office }) => {
    const kiosk = await office.open('kiosk');
    const north = await office.open('display', { station: 'display-1' });
    const south = await office.open('display', { station: 'display-2' });
    const counter = await office.open('counter', { setUpAs: 'counter-3' });
    await signIn(counter, 'Schalter 3');
    await drawTicket(kiosk, 'Ausweis und Reisepass', 'Personalausweis beantragen');
    await counter.getByText('A001').first().waitFor();
    await counter.keyboard.press('F2');
    await calledNumbers(north, ['A001']);
    await calledNumbers(south, []);
  });

  officeTest('a large panel shows the same picture, larger', async ({ office }) => {
    const share = async (station: string, viewport: { width: number; height: number }) => {
      const display = await office.open('display', { station, viewport });
      const box = await display.locator('header time').boundingBox();
      return (box?.width ?? 0) / viewport.width;
    };
    const fullHd = await share('display-1', { width: 1920, height: 1080 });
    const ultraHd = await share('display-2', { width: 3840, height: 2160 });
    expect(fullHd).toBeGreaterThan(0.05);
    expect(Math.abs(fullHd - ultraHd)).toBeLessThan(0.002);
  });

  officeTest('a display the location does not know says so', async ({ office }) => {
    office.allowProblems(/unknownName|WebSocket/);
    const display = await office.open('display', { station: 'display-99' });
    await display.getByText('Diese Anzeige ist noch nicht eingerichtet').waitFor();
    await expectNoAxeFindings(display);
  });
});
