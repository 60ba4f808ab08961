import type { BoardCall, CallBoard } from '@aufruf/shared/domain/views/view-schemas';
import { commonTexts } from '@aufruf/shared/i18n/common/catalog';
import { displayTexts } from '@aufruf/shared/i18n/display/catalog';
import { formatDay } from '@aufruf/shared/i18n/format';
import type { EpochMs } from '@aufruf/shared/lib/time';
import { Clock } from '@aufruf/ui/components/clock';
import { Icon } from '@aufruf/ui/components/icon';
import { Notice } from '@aufruf/ui/components/notice';
import { TicketNumber } from '@aufruf/ui/components/ticket-number';
import { VisuallyHidden } from '@aufruf/ui/components/visually-hidden';
import styles from './board.module.css';
import { InAllLanguages } from './in-all-languages.tsx';
import { pageAt } from './pages.ts';

/** The location's word for a counter in every language. */
const COUNTER_WORDS = {
  desk: { de: commonTexts.de.counterWord.desk, en: commonTexts.en.counterWord.desk },
  counter: { de: commonTexts.de.counterWord.counter, en: commonTexts.en.counterWord.counter },
  room: { de: commonTexts.de.counterWord.room, en: commonTexts.en.counterWord.room },
} as const;

interface BoardProps {
  readonly board: CallBoard;
  readonly now: EpochMs;
  /** The call being announced right now: it stands out until the next one. */
  readonly announcing: BoardCall | null;
  /** Cut off from the hub: what is shown may be out of date, and the display says so. */
  readonly cutOff: boolean;
}

export function Board({ board, now, announcing, cutOff }: BoardProps) {
  const language = board.languages[0] ?? 'de';
  return (
    <main className={styles.board}>
      <header className={styles.header}>
        <h1 className={styles.location}>
          {board.locationName[language]}
          <span className={styles.areas}>{board.areaNames.map((name) => name[language]).join(' · ')}</span>
        </h1>
        <p className={styles.time}>
          <span className={styles.day}>{formatDay(now, board.timeZone, language)}</span>
          <span className={styles.clock}>
            <Clock now={now} timeZone={board.timeZone} language={language} />
          </span>
        </p>
      </header>

      <Calls board={board} now={now} announcing={announcing} cutOff={cutOff} />
      <Aside board={board} />

      {cutOff && board.calls.length > 0 ? (
        <footer className={styles.cutOff} role="alert">
          <Icon name="offline" />
          <InAllLanguages languages={board.languages} text="cutOff" />
          <InAllLanguages languages={board.languages} text="cutOffHint" />
        </footer>
      ) : null}
      {announcing ? (
        <VisuallyHidden live="assertive">
          {displayTexts[language].announcement(
            announcing.number,
            commonTexts[language].counterName(board.counterWord, announcing.counterLabel),
          )}
        </VisuallyHidden>
      ) : null}
    </main>
  );
}

function Calls({ board, now, announcing, cutOff }: BoardProps) {
  if (board.calls.length === 0 && cutOff) {
    // "No call" would be a claim that nobody can make here.
    return (
      <section className={styles.quiet}>
        <Notice
          size="page"
          level={2}
          urgency="alert"
          icon="offline"
          title={displayTexts[board.languages[0] ?? 'de'].cutOff}
        >
          <InAllLanguages languages={board.languages} text="cutOffHint" />
        </Notice>
      </section>
    );
  }
  if (board.calls.length === 0) {
    return (
      <section className={styles.quiet}>
        <Notice
          size="page"
          level={2}
          icon={board.open ? 'bell' : 'clock'}
          title={displayTexts[board.languages[0] ?? 'de'][board.open ? 'noCalls' : 'closed']}
        >
          <InAllLanguages languages={board.languages} text={board.open ? 'noCallsHint' : 'closedHint'} />
        </Notice>
      </section>
    );
  }
  const page = pageAt(board.calls, now);
  const isAnnounced = (call: BoardCall) => call.visitId === announcing?.visitId && call.callId === announcing.callId;
  return (
    <section className={styles.calls} data-columns={page.columns}>
      <div className={styles.heads}>
        {Array.from({ length: page.columns }, (_, column) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a column has no other name than its place
          <Head key={column} board={board} />
        ))}
      </div>
      <ol className={styles.list}>
        {page.items.map((call) => (
          <li key={call.visitId} className={styles.call} data-announcing={isAnnounced(call) || undefined}>
            <TicketNumber text={call.number} />
            <span className={styles.place}>
              <Icon name="next" />
              <bdi>{call.counterLabel}</bdi>
            </span>
          </li>
        ))}
      </ol>
      {page.of > 1 ? (
        <p className={styles.page}>{displayTexts[board.languages[0] ?? 'de'].page(page.current, page.of)}</p>
      ) : null}
    </section>
  );
}

function Head({ board }: { readonly board: CallBoard }) {
  return (
    <p className={styles.head}>
      <InAllLanguages languages={board.languages} text="number" />
      <InAllLanguages languages={board.languages} text={COUNTER_WORDS[board.counterWord]} />
    </p>
  );
}

function Aside({ board }: { readonly board: CallBoard }) {
  return (
    <aside className={styles.aside}>
      <section>
        <h2>
          <InAllLanguages languages={board.languages} text="next" />
        </h2>
        <NumberList numbers={board.next} />
      </section>
      <section>
        <h2>
          <InAllLanguages languages={board.languages} text="inService" />
        </h2>
        <ul className={styles.earlier}>
          {board.earlier.map((served) => (
            <li key={served.number}>
              <TicketNumber text={served.number} />
              <span className={styles.servedAt}>
                <Icon name="next" />
                <bdi>{served.counterLabel}</bdi>
              </span>
            </li>
          ))}
          {board.earlier.length === 0 ? <li className={styles.none}>–</li> : null}
        </ul>
      </section>
    </aside>
  );
}

function NumberList({ numbers }: { readonly numbers: readonly string[] }) {
  return (
    <ul className={styles.numbers}>
      {numbers.map((number) => (
        <li key={number}>
          <TicketNumber text={number} />
        </li>
      ))}
      {numbers.length === 0 ? <li className={styles.none}>–</li> : null}
    </ul>
  );
}
