/** The counter in a real browser: a clerk's day by mouse and by keyboard, in every size, and what axe finds. */
import type { CallInput, CallName } from '@aufruf/shared/bridge/bridge';
import type { Receipt } from '@aufruf/shared/domain/commands';
import type { CounterId, KioskId, ServiceId, SessionId } from '@aufruf/shared/lib/ids';
import { openSocketBridge, type SocketBridge } from '@aufruf/ui/bridge/socket-bridge';
import { browserPlatform } from '@aufruf/ui/platform/browser-platform';
import type { Page } from 'playwright-core';
import { describe, expect, onTestFinished, vi } from 'vitest';
import { expectNoAxeFindings } from '../src/e2e-harness/expect-no-axe-findings.ts';
import { type Office, officeTest } from '../src/e2e-harness/office.ts';
import { currentNumber, signIn } from '../src/e2e-harness/steps.ts';

const NAME = 'Schalter 4';
const DESK = { setUpAs: 'counter-4' };
const SERVICES = ['id-card', 'passport', 'child-passport', 'id-pickup', 'certified-copy'] as ServiceId[];
const OTHER = 'counter-2' as CounterId;

/** Everybody else in the office, without a screen of their own: fast enough for a full waiting room. */
async function people({ url }: Office) {
  const kiosk = openSocketBridge({ role: 'kiosk', url });
  const clerk = openSocketBridge({ role: 'clerk', url });
  onTestFinished(() => {
    kiosk.close();
    clerk.close();
  });
  /** Too many at once is an answer here: asked again until it is carried out. */
  const call = <N extends CallName>(bridge: SocketBridge, name: N, input: CallInput<N>): Promise<Receipt> =>
    vi.waitFor(
      async () => {
        const result = await bridge.call(name, input, browserPlatform.newCommandId());
        if (!result.ok) throw new Error(`${name}: ${result.refusal.type}`);
        return result.value;
      },
      { timeout: 30_000 },
    );
  const kioskId = 'kiosk-1' as KioskId;
  const draw = (serviceId = SERVICES[0] as ServiceId) =>
    call(kiosk, 'issueTicket', { kioskId, serviceIds: [serviceId], language: 'de', partySize: 1 });
  return {
    draw,
    async fill(count: number): Promise<void> {
      for (let n = 0; n < count; n += 1) await draw(SERVICES[n % SERVICES.length]);
    },
    async bookAndCheckIn(code: string, inMinutes: number): Promise<void> {
      const startsAt = Date.now() + inMinutes * 60_000;
      const [serviceId] = SERVICES as [ServiceId];
      await call(clerk, 'bookAppointment', { code, startsAt, serviceIds: [serviceId], partySize: 1, language: 'de' });
      await call(kiosk, 'checkInAppointment', { kioskId, code });
    },
    signInAt: (counterId: CounterId, takeOver = false) =>
      call(clerk, 'openCounter', { counterId, sessionId: 'e'.repeat(32) as SessionId, takeOver }),
    callNext: (counterId: CounterId) => call(clerk, 'callNext', { counterId }),
  };
}

const dialog = (counter: Page) => counter.getByRole('dialog');
const answer = (counter: Page, name: string) => dialog(counter).getByRole('button', { name, exact: true }).click();
const idle = (counter: Page) => counter.getByText('Niemand aufgerufen').waitFor();
const called = (counter: Page) => counter.getByText(/Aufgerufen seit/).waitFor();
const serving = (counter: Page) => counter.getByText(/In Bedienung seit/).waitFor();
/** No step is under way: the next press or key counts. */
const ready = (counter: Page) => counter.locator('[aria-busy]').first().waitFor({ state: 'detached' });
const press = async (counter: Page, name: string) => {
  await ready(counter);
  await counter.getByRole('button', { name, exact: true }).click();
};
const key = async (counter: Page, name: string) => {
  await ready(counter);
  await counter.keyboard.press(name);
};
const focused = (counter: Page) =>
  counter.evaluate(
    () => document.activeElement?.getAttribute('aria-label') ?? document.activeElement?.textContent ?? '',
  );

/** Nothing sticks out sideways; a window never scrolls in two directions. */
async function expectToFit(counter: Page): Promise<void> {
  const width = () =>
    counter.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  await expect.poll(width).toBe(0);
}

describe('Counter', () => {
  officeTest(
    'by mouse: call, recall, serve, park, resume, transfer, finish, undo; axe at each step',
    async ({ office }) => {
      const others = await people(office);
      await others.signInAt(OTHER);
      const counter = await office.open('counter', DESK);
      // A desktop app is set up as one counter and shows no other to choose.
      if (office.shell === 'web') {
        await counter.getByRole('button', { name: 'Schalter 2 besetzt' }).waitFor();
        await expectNoAxeFindings(counter);
        await counter.getByRole('button', { name: 'Schalter 2 besetzt' }).click();
        await expectNoAxeFindings(counter);
        await answer(counter, 'Zurück');
      }

      await signIn(counter, NAME);
      await counter.getByText('Niemand wartet.').waitFor();
      await expectNoAxeFindings(counter);
      await others.draw();
      await counter.getByText('A001 ist da').waitFor();
      await expect.poll(() => counter.title()).toContain('A001 ist da');
      await others.fill(4);
      await others.bookAndCheckIn('1234', 1);
      await counter.getByRole('tab', { name: 'Wartend 6' }).waitFor();
      await counter.getByText(/^Termin \d\d:\d\d$/).waitFor();
      await expectNoAxeFindings(counter);

      await press(counter, 'Nächste Person aufrufen');
      await called(counter);
      await expectNoAxeFindings(counter);
      await press(counter, 'Erneut aufrufen');
      await counter.getByText(/2\. Aufruf/).waitFor();
      await press(counter, 'Erschienen');
      await serving(counter);
      await expectNoAxeFindings(counter);

      await press(counter, 'Parken');
      await expectNoAxeFindings(counter);
      await answer(counter, 'Parken');
      await idle(counter);
      await counter.getByRole('tab', { name: 'Geparkt 1' }).click();
      await counter.getByText('füllt ein Formular aus').waitFor();
      await expectNoAxeFindings(counter);
      await counter.getByRole('button', { name: /fortsetzen$/ }).click();
      await serving(counter);

      await press(counter, 'Weiterleiten');
      await dialog(counter).getByLabel('Dienstleistung').selectOption({ label: 'Meldebescheinigung' });
      await expectNoAxeFindings(counter);
      await answer(counter, 'Weiterleiten');
      await idle(counter);
      await counter.getByRole('button', { name: /^Rückgängig: Weiterleiten/ }).click();
      await serving(counter);

      await press(counter, 'Abschließen');
      await expectNoAxeFindings(counter);
      await answer(counter, 'Abschließen');
      await idle(counter);
    },
  );

  officeTest('by keyboard alone, and the focus is never lost', async ({ office }) => {
    const others = await people(office);
    await others.fill(5);
    const counter = await office.open('counter', DESK);
    await counter.getByRole('heading', { name: 'Wo arbeiten Sie heute?' }).waitFor();
    while (!(await focused(counter)).startsWith(NAME)) await counter.keyboard.press('Tab');
    await counter.keyboard.press('Enter');
    await idle(counter);
    await ready(counter);
    await expect.poll(() => focused(counter)).toContain('Nächste Person aufrufen');

    await key(counter, 'Enter');
    await currentNumber(counter, 'A001');
    await key(counter, 'F3');
    await counter.getByText(/2\. Aufruf/).waitFor();
    await expect.poll(() => focused(counter)).toContain('Erschienen');
    await key(counter, 'Enter');
    await serving(counter);
    await expect.poll(() => focused(counter)).toContain('Abschließen');
    await key(counter, 'Enter');
    await dialog(counter).waitFor();
    await key(counter, 'Enter');
    await idle(counter);
    await expect.poll(() => focused(counter)).toContain('Nächste Person aufrufen');

    await key(counter, 'Control+z');
    await serving(counter);
    await key(counter, 'F9');
    await key(counter, 'ArrowDown');
    await key(counter, 'Enter');
    await idle(counter);
    await counter.getByRole('tab', { name: 'Geparkt 1' }).waitFor();

    await key(counter, 'F2');
    await called(counter);
    await key(counter, 'F6');
    await idle(counter);
    await counter.getByText(/gerade erst aufgerufen, wieder ab/).waitFor();

    await key(counter, '/');
    await counter.keyboard.type('p1');
    await dialog(counter).getByText('P001: Ausweis oder Pass abholen').waitFor();
    await key(counter, 'Enter');
    await currentNumber(counter, 'P001');
    await key(counter, 'F7');
    await idle(counter);

    await key(counter, '?');
    await expectNoAxeFindings(counter);
    await counter.keyboard.press('Escape');
    await expect.poll(() => focused(counter)).toContain('Nächste Person aufrufen');
    await key(counter, 'F8');
    await counter.getByRole('alert').getByText('Sie bedienen gerade niemanden.').waitFor();
    await expectNoAxeFindings(counter);

    while (!/aufrufen$/.test(await focused(counter))) await counter.keyboard.press('Tab');
    while (!/^[A-Z]\d+ aufrufen$/.test(await focused(counter))) await counter.keyboard.press('Tab');
    await counter.keyboard.press('ArrowDown');
    const wanted = (await focused(counter)).split(' ')[0] as string;
    await key(counter, 'Enter');
    await currentNumber(counter, wanted);
    expect(await focused(counter)).not.toBe('');
  });

  officeTest('every question is accessible, and Escape leaves all as it was', async ({ office }) => {
    const others = await people(office);
    await others.fill(2);
    const counter = await office.open('counter', DESK);
    await signIn(counter, NAME);
    for (const name of ['Ohne Wartemarke bedienen', 'Nummer aufrufen', 'Pause', 'Einstellungen', 'Mehr zu A001']) {
      await press(counter, name);
      await dialog(counter).waitFor();
      await expectNoAxeFindings(counter);
      await counter.keyboard.press('Escape');
      await dialog(counter).waitFor({ state: 'detached' });
      await idle(counter);
    }
    await key(counter, 'F2');
    await called(counter);
    await key(counter, 'F4');
    await serving(counter);
    for (const name of ['Weiteres Anliegen', 'Anliegen ändern', 'Personenzahl ändern', 'Vorrang ändern']) {
      await press(counter, name);
      await dialog(counter).waitFor();
      await expectNoAxeFindings(counter);
      await counter.keyboard.press('Escape');
      await dialog(counter).waitFor({ state: 'detached' });
      await serving(counter);
    }
  });

  officeTest('a break, and the way back', async ({ office }) => {
    const counter = await office.open('counter', DESK);
    await signIn(counter, NAME);
    await press(counter, 'Pause');
    await answer(counter, 'Beginnen');
    await counter.getByText('Sie haben Pause').waitFor();
    await expectNoAxeFindings(counter);
    await press(counter, 'Pause beenden');
    await idle(counter);
    await press(counter, 'Abmelden');
    await counter.getByRole('button', { name: `${NAME} frei` }).waitFor();
  });

  officeTest('200 people waiting: the list is all there, and End leads to the last', async ({ office }) => {
    // Appointments: at an evening hour the kiosk would not take 200 more people without one. Four at a time: each has its
    // own allowance of commands a second.
    const fill = async (first: number) => {
      const others = await people(office);
      for (let n = 0; n < 50; n += 1) await others.bookAndCheckIn(String(first + n), 1);
    };
    await Promise.all([1000, 2000, 3000, 4000].map(fill));
    const counter = await office.open('counter', DESK);
    await signIn(counter, NAME);
    await counter.getByRole('tab', { name: 'Wartend 200' }).waitFor();
    await counter
      .getByRole('button', { name: /^[A-Z]\d+ aufrufen$/ })
      .first()
      .focus();
    await counter.keyboard.press('End');
    await expect
      .poll(() =>
        counter.evaluate(() => {
          const panel = document.querySelector('[role="tabpanel"]')?.getBoundingClientRect();
          const row = document.activeElement?.closest('li')?.getBoundingClientRect();
          return panel && row ? Math.round(row.bottom - panel.bottom) : Number.POSITIVE_INFINITY;
        }),
      )
      .toBeLessThanOrEqual(0);
    await expectNoAxeFindings(counter);
  });

  officeTest('fits every window, text size, contrast, language and direction', async ({ office }) => {
    const others = await people(office);
    await others.fill(12);
    const counter = await office.open('counter', DESK);
    await signIn(counter, NAME);
    await key(counter, 'F2');
    await called(counter);
    for (const preferences of [
      { language: 'de' },
      { language: 'en', largeText: true },
      { language: 'de', highContrast: true, largeText: true },
    ]) {
      await counter.evaluate(
        (json) => localStorage.setItem('aufruf.counter.preferences', json),
        JSON.stringify(preferences),
      );
      await counter.reload();
      await counter.getByRole('tablist').waitFor();
      for (const [width, height] of [
        [1280, 800],
        [1920, 1080],
        [1024, 700],
        [480, 800],
      ] as const) {
        await counter.setViewportSize({ width, height });
        await expectToFit(counter);
      }
      await counter.setViewportSize({ width: 1280, height: 800 });
      await expectNoAxeFindings(counter);
    }
    await counter.evaluate(() => {
      document.documentElement.dir = 'rtl';
    });
    await expectToFit(counter);
  });

  officeTest('as a bar: the usual way without a question', async ({ office }) => {
    const others = await people(office);
    await others.fill(2);
    const counter = await office.open('counter', DESK);
    await signIn(counter, NAME);
    await counter.setViewportSize({ width: 720, height: 96 });
    await counter.getByText('2 Personen in Ihrer Warteschlange').waitFor();
    await expectNoAxeFindings(counter);
    await press(counter, 'Nächste Person aufrufen');
    await called(counter);
    await expectNoAxeFindings(counter);
    await expectToFit(counter);
    await ready(counter);
    await press(counter, 'Erschienen');
    await serving(counter);
    await ready(counter);
    await press(counter, 'Erledigt');
    await counter.getByText('1 Person in Ihrer Warteschlange').waitFor();
    await expectNoAxeFindings(counter);
  });

  officeTest('M3: cut off it says so in words, and an unanswered step happens once', async ({ office }) => {
    const others = await people(office);
    await others.fill(2);
    const counter = await office.open('counter', DESK);
    await signIn(counter, NAME);
    await counter.getByRole('tab', { name: 'Wartend 2' }).waitFor();
    await office.killHub();
    if (office.shell === 'web') {
      await counter.getByText(/Keine Verbindung zum Standortserver seit \d\d:\d\d/).waitFor();
      await expectNoAxeFindings(counter);
      await key(counter, 'F2');
      await counter.getByRole('alert').getByText('Der Standortserver antwortet nicht.').waitFor();
      await expectNoAxeFindings(counter);
      await office.startHub();
      await counter.getByText(/^Verbunden seit/).waitFor();
      await press(counter, 'Noch einmal versuchen');
    } else {
      // Asked of a hub that is gone and not yet known to be: taken back, and decided by the counter's own engine.
      await key(counter, 'F2');
      await currentNumber(counter, 'A001');
      await counter.getByText(/Keine Verbindung zum Standortserver seit \d\d:\d\d – \d Vorgänge? noch nicht/).waitFor();
      await expectNoAxeFindings(counter);
      await office.startHub();
      await counter.getByText(/^Verbunden seit/).waitFor();
    }
    await currentNumber(counter, 'A001');
    await counter.getByRole('tab', { name: 'Wartend 1' }).waitFor();
  });

  officeTest('a forgotten session is taken over, and whoever was there is told', async ({ office }) => {
    const others = await people(office);
    await others.fill(1);
    const first = await office.open('counter', DESK);
    await signIn(first, NAME);
    await key(first, 'F2');
    await currentNumber(first, 'A001');
    const second = await office.open('counter', { inBrowser: true });
    await second.getByRole('button', { name: `${NAME} besetzt mit A001` }).click();
    await dialog(second).getByText('Der offene Vorgang A001 geht dabei an Sie über.').waitFor();
    await answer(second, 'Übernehmen');
    await currentNumber(second, 'A001');
    await first.getByRole('alert').getByText(`${NAME} wurde an einem anderen Gerät übernommen.`).waitFor();
    await expectNoAxeFindings(first);
    await second.reload();
    await currentNumber(second, 'A001');
  });

  officeTest('who loses a race for a number is told at once', async ({ office }) => {
    const others = await people(office);
    await others.signInAt(OTHER);
    await others.fill(1);
    const counter = await office.open('counter', DESK);
    await signIn(counter, NAME);
    await counter.getByRole('button', { name: 'Mehr zu A001' }).click();
    await others.callNext(OTHER);
    await counter.getByRole('tab', { name: 'Wartend 0', includeHidden: true }).waitFor({ state: 'attached' });
    await answer(counter, 'Aufrufen');
    await dialog(counter)
      .getByRole('alert')
      .getByText('Jemand anderes hat diesen Vorgang gerade übernommen.')
      .waitFor();
  });
});
