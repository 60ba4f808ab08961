/** That the harness itself sees what it must see; without this a silent harness would pass every other test. */
import { describe, expect } from 'vitest';
import { browserTest } from '../src/e2e-harness/browser-test.ts';
import { expectNoAxeFindings } from '../src/e2e-harness/expect-no-axe-findings.ts';
import { officeTest } from '../src/e2e-harness/office.ts';
import { watchPageProblems } from '../src/e2e-harness/page-problems.ts';
import { audioCalls, recordAudio, waitForSpeech } from '../src/e2e-harness/record-audio.ts';

describe('the harness', () => {
  browserTest('notices errors, warnings and missing files of a page', async ({ page }) => {
    const problems = watchPageProblems(page, 'screen');
    await page.route('http://office.test/**', (route) =>
      route.request().url().endsWith('/gone.js')
        ? route.fulfill({ status: 404 })
        : route.fulfill({
            contentType: 'text/html',
            body: '<script src="/gone.js"></script><script>console.warn("odd"); throw new Error("broken")</script>',
          }),
    );
    await page.goto('http://office.test/');
    const listed = problems.list().join('\n');
    expect(listed).toContain('screen: odd');
    expect(listed).toContain('broken');
    expect(listed).toContain('404 http://office.test/gone.js');
    problems.allow(/odd|broken|404/);
    expect(problems.list()).toEqual([]);
  });

  browserTest('records tones and speech, and tells when a speech has ended', async ({ page }) => {
    await recordAudio(page);
    await page.goto('about:blank');
    await page.evaluate(() => {
      const context = new AudioContext();
      const tone = context.createOscillator();
      tone.connect(context.destination);
      tone.start();
      const speech = new SpeechSynthesisUtterance('Nummer A101');
      speech.lang = 'de-DE';
      speech.voice = speechSynthesis.getVoices()[0] ?? null;
      speech.onend = () => speechSynthesis.speak(new SpeechSynthesisUtterance('Platz 4'));
      speechSynthesis.speak(speech);
    });
    await waitForSpeech(page, 'Platz 4');
    expect(await audioCalls(page)).toMatchObject([
      { kind: 'tone' },
      { kind: 'speech', text: 'Nummer A101', lang: 'de-DE' },
      { kind: 'speech', text: 'Platz 4' },
    ]);
  });

  browserTest('finds what axe finds', async ({ page }) => {
    await page.setContent('<html lang="de"><title>x</title><main><h1>x</h1><img src="data:,"></main></html>');
    await expect(expectNoAxeFindings(page)).rejects.toThrow(/image-alt[\s\S]*img/);
  });
});

describe('an office', () => {
  officeTest('opens screens, and they survive a killed hub', async ({ office }) => {
    const display = await office.open('display', { station: 'display-1' });
    await display.getByRole('main').waitFor();
    await office.killHub();
    await office.startHub();
    const response = await display.goto(`${office.url}/display/`);
    expect(response?.status()).toBe(200);
  });
});
