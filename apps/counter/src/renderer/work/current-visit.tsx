import type { QueueEntry } from '@aufruf/shared/domain/views/view-schemas';
import { formatClock } from '@aufruf/shared/i18n/format';
import { Button } from '@aufruf/ui/components/button';
import { Icon, type IconName } from '@aufruf/ui/components/icon';
import { TicketNumber } from '@aufruf/ui/components/ticket-number';
import { VisuallyHidden } from '@aufruf/ui/components/visually-hidden';
import { useHostNow } from '@aufruf/ui/state/use-host-now';
import type { DialogRequest } from '../dialogs/dialog-request.ts';
import { useTexts } from '../texts/use-texts.ts';
import styles from './current-visit.module.css';
import { useDesk } from './desk-context.tsx';
import { VisitFacts } from './visit-facts.tsx';

/** The visit at hand, large; or who comes next, or the break. */
export function CurrentVisit({ onOpen }: { readonly onOpen: (request: DialogRequest) => void }) {
  const { t } = useTexts();
  const { desk, mode, queue, time, serviceName } = useDesk();
  const next = queue.waiting.find(({ blocked }) => blocked === null);
  return (
    <section className={styles.card} data-mode={mode} aria-labelledby="current-visit">
      <VisuallyHidden>
        <h2 id="current-visit">{t.visit.current}</h2>
      </VisuallyHidden>
      {desk.visit ? (
        <VisitAtHand visit={desk.visit} onOpen={onOpen} />
      ) : mode === 'break' ? (
        <Standing
          icon="pause"
          title={t.visit.onBreak}
          text={t.visit.breakSince(time(desk.since), desk.breakReason && t.dialogs.breakReason[desk.breakReason])}
        />
      ) : (
        <>
          <Standing icon="person" title={t.visit.nobodyCalled} text={t.visit.nobodyHint(queue.waiting.length)} />
          {next?.number ? (
            <div className={styles.next}>
              <p className={styles.nextLabel}>{t.visit.nextUp}</p>
              <p className={styles.nextNumber}>
                <TicketNumber text={next.number} />
              </p>
              <p className={styles.nextService}>{next.serviceIds.map(serviceName).join(', ')}</p>
            </div>
          ) : null}
        </>
      )}
    </section>
  );
}

function VisitAtHand({
  visit,
  onOpen,
}: {
  readonly visit: QueueEntry;
  readonly onOpen: (request: DialogRequest) => void;
}) {
  const { t } = useTexts();
  const { mode, serviceName } = useDesk();
  const [main, ...others] = visit.serviceIds;
  const words = {
    services: { text: t.actions.services, label: t.actions.editServices },
    party: { text: t.actions.partySize, label: t.actions.editPartySize },
    priority: { text: t.actions.priority, label: t.actions.editPriority },
  };
  return (
    <>
      <p className={styles.state}>
        <Icon name={mode === 'called' ? 'bell' : 'person'} />
        <VisitState />
      </p>
      <p className={styles.number}>{visit.number ? <TicketNumber text={visit.number} /> : t.visit.noNumber}</p>
      <div>
        <p className={styles.service}>{main ? serviceName(main) : null}</p>
        {others.length > 0 ? <p className={styles.others}>+ {others.map(serviceName).join(', ')}</p> : null}
      </div>
      <VisitFacts visit={visit} />
      <div className={styles.edit}>
        <span aria-hidden="true">{t.actions.edit}</span>
        {(['services', 'party', 'priority'] as const).map((kind) => (
          <Button
            key={kind}
            size="s"
            variant="quiet"
            label={words[kind].label}
            onPress={() => onOpen({ kind, entry: visit })}
          >
            {words[kind].text}
          </Button>
        ))}
      </div>
    </>
  );
}

/** "Aufgerufen seit 1:23 · zweimal erneut aufgerufen": the only part that changes every second. */
export function VisitState() {
  const { t } = useTexts();
  const { desk, mode } = useDesk();
  const now = useHostNow(1_000);
  if (mode === 'serving') return <span>{t.visit.servingSince(formatClock(now - (desk.servingSince ?? now)))}</span>;
  const recalls = desk.announcement - 1;
  return (
    <span>
      {t.visit.calledSince(formatClock(now - (desk.calledAt ?? now)))}
      {recalls > 0 ? ` · ${t.visit.recalled(recalls)}` : null}
    </span>
  );
}

function Standing(props: { readonly icon: IconName; readonly title: string; readonly text: string }) {
  return (
    <div className={styles.standing}>
      <Icon name={props.icon} />
      <p className={styles.standingTitle}>{props.title}</p>
      <p className={styles.standingText}>{props.text}</p>
    </div>
  );
}
