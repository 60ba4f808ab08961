import type { QueueEntry } from '@aufruf/shared/domain/views/view-schemas';
import { Icon, type IconName } from '@aufruf/ui/components/icon';
import { useTexts } from '../texts/use-texts.ts';
import { useDesk } from './desk-context.tsx';
import styles from './visit-facts.module.css';

/** What to know before the person sits down: priority with its reason, appointment, a party of several, a language other
 * than the clerk's. */
export function VisitFacts({ visit }: { readonly visit: QueueEntry }) {
  const { t, language } = useTexts();
  const { time } = useDesk();
  return (
    <ul className={styles.facts}>
      {visit.priority > 0 ? (
        <Fact
          icon="priority"
          strong
          text={
            visit.priorityReason
              ? t.visit.priorityWith(t.visit.priorityReason[visit.priorityReason])
              : t.visit.priority[visit.priority]
          }
        />
      ) : null}
      <Fact
        icon={visit.appointmentAt === null ? 'ticket' : 'calendar'}
        text={visit.appointmentAt === null ? t.visit.walkIn : t.visit.appointment(time(visit.appointmentAt))}
      />
      {visit.partySize > 1 ? <Fact icon="people" text={t.visit.party(visit.partySize)} /> : null}
      {visit.language === language ? null : <Fact icon="language" text={t.visit.languageName(visit.language)} />}
    </ul>
  );
}

function Fact({ icon, text, strong }: { readonly icon: IconName; readonly text: string; readonly strong?: boolean }) {
  return (
    <li className={strong ? `${styles.fact} ${styles.strong}` : styles.fact}>
      <Icon name={icon} />
      {text}
    </li>
  );
}
