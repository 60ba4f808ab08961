import type { QueueEntry } from '@aufruf/shared/domain/views/view-schemas';
import { VisuallyHidden } from '@aufruf/ui/components/visually-hidden';
import { useHostNow } from '@aufruf/ui/state/use-host-now';
import { type KeyboardEvent, useId, useState } from 'react';
import type { DialogRequest } from '../dialogs/dialog-request.ts';
import { useTexts } from '../texts/use-texts.ts';
import { useDesk } from '../work/desk-context.tsx';
import type { DeskActions } from '../work/use-desk-actions.ts';
import { minutesSince, placeWords } from './place-words.ts';
import styles from './queue-panel.module.css';
import { QueueRow } from './queue-row.tsx';
import { useRovingRows } from './use-roving-rows.ts';

interface QueuePanelProps {
  readonly actions: DeskActions;
  readonly onOpen: (request: DialogRequest) => void;
}

const TABS = ['waiting', 'parked', 'missed', 'booked'] as const;
type Tab = (typeof TABS)[number];

/** Who waits, in calling order and with the reason for each place; and what is parked, missed and booked. */
export function QueuePanel({ actions, onOpen }: QueuePanelProps) {
  const { t } = useTexts();
  const { queue } = useDesk();
  const [tab, setTab] = useState<Tab>('waiting');
  const id = useId();

  function moveTab(event: KeyboardEvent): void {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key] ?? 0;
    if (step === 0) return;
    event.preventDefault();
    const next = TABS[(TABS.indexOf(tab) + step + TABS.length) % TABS.length] ?? 'waiting';
    setTab(next);
    document.getElementById(`${id}-${next}`)?.focus();
  }

  return (
    <section className={styles.panel} aria-labelledby={`${id}-title`}>
      <VisuallyHidden>
        <h2 id={`${id}-title`}>{t.queue.title}</h2>
      </VisuallyHidden>
      <div className={styles.tabs} role="tablist" aria-labelledby={`${id}-title`} onKeyDown={moveTab}>
        {TABS.map((name) => (
          <button
            key={name}
            id={`${id}-${name}`}
            type="button"
            role="tab"
            className={styles.tab}
            aria-selected={name === tab}
            aria-controls={`${id}-list`}
            tabIndex={name === tab ? 0 : -1}
            onClick={() => setTab(name)}
          >
            {t.queue.tabs[name]} <span className={styles.count}>{queue[name].length}</span>
          </button>
        ))}
      </div>
      <div id={`${id}-list`} className={styles.body} role="tabpanel" aria-labelledby={`${id}-${tab}`}>
        {queue[tab].length === 0 ? (
          <p className={styles.empty}>{t.queue.empty[tab]}</p>
        ) : (
          <Rows tab={tab} entries={queue[tab]} actions={actions} onOpen={onOpen} />
        )}
      </div>
      <p className={styles.foot}>
        {tab === 'booked' ? t.queue.bookedHint : queue.elsewhere > 0 ? t.queue.elsewhere(queue.elsewhere) : null}
      </p>
    </section>
  );
}

interface RowsProps extends QueuePanelProps {
  readonly tab: Tab;
  readonly entries: readonly QueueEntry[];
}

function Rows({ tab, entries, actions, onOpen }: RowsProps) {
  const { t } = useTexts();
  const { mode, location, time, serviceName } = useDesk();
  // Minutes are shown: looked at every ten seconds, and only rows whose words changed are drawn anew.
  const now = useHostNow(10_000);
  const { listRef, onKeyDown, onFocus, activeId } = useRovingRows(entries);
  const firstCallable = entries.find(({ blocked }) => blocked === null)?.visitId;

  return (
    <ul
      ref={listRef}
      className={styles.rows}
      aria-label={t.queue.tabs[tab]}
      aria-description={t.queue.listHelp}
      onKeyDown={onKeyDown}
      onFocus={onFocus}
    >
      {entries.map((entry) => {
        const place = tab === 'waiting' ? placeWords(t, entry, location.counterWord, time) : null;
        return (
          <QueueRow
            key={entry.visitId}
            entry={entry}
            isNext={tab === 'waiting' && entry.visitId === firstCallable}
            services={entry.serviceIds.map(serviceName).join(', ')}
            placeText={place?.text ?? asideWords(tab, entry)}
            placeTone={place?.tone ?? 'plain'}
            minutes={tab === 'booked' ? null : minutesSince(tab === 'waiting' ? entry.arrivedAt : entry.since, now)}
            hasTabStop={entry.visitId === activeId}
            canCall={mode === 'idle' && tab !== 'booked'}
            showCall={tab !== 'booked'}
            onCall={actions.call}
            onOpen={onOpen}
          />
        );
      })}
    </ul>
  );

  function asideWords(shown: Tab, entry: QueueEntry): string {
    if (shown === 'parked' && entry.parkReason !== null) return t.queue.parkReason[entry.parkReason];
    if (shown === 'missed') return t.queue.unanswered(entry.unansweredCalls);
    if (entry.appointmentAt !== null) return t.visit.appointment(time(entry.appointmentAt));
    return t.visit.walkIn;
  }
}
