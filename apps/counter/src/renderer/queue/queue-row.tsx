import type { QueueEntry } from '@aufruf/shared/domain/views/view-schemas';
import { Button } from '@aufruf/ui/components/button';
import { Icon } from '@aufruf/ui/components/icon';
import { TicketNumber } from '@aufruf/ui/components/ticket-number';
import { memo } from 'react';
import type { DialogRequest } from '../dialogs/dialog-request.ts';
import { useTexts } from '../texts/use-texts.ts';
import type { PlaceWords } from './place-words.ts';
import styles from './queue-row.module.css';

interface QueueRowProps {
  readonly entry: QueueEntry;
  /** "Next" would pick this one. */
  readonly isNext: boolean;
  readonly services: string;
  readonly placeText: string;
  readonly placeTone: PlaceWords['tone'];
  /** Whole minutes waited (or in this state); null where there is nothing to wait for. */
  readonly minutes: number | null;
  /** The one row Tab leads to; arrow keys lead on. */
  readonly hasTabStop: boolean;
  readonly canCall: boolean;
  readonly showCall: boolean;
  readonly onCall: (entry: QueueEntry) => unknown;
  readonly onOpen: (request: DialogRequest) => void;
}

/** One visit in the list. Drawn anew only when its words change: a list may have hundreds. */
export const QueueRow = memo(Row, isSame);

function Row(props: QueueRowProps) {
  const { t, language } = useTexts();
  const { entry } = props;
  const number = entry.number ?? t.visit.noNumber;
  const tabIndex = props.hasTabStop ? 0 : -1;
  const callText = entry.state === 'parked' ? t.actions.resume : t.actions.call;
  const callLabel = entry.state === 'parked' ? t.actions.resumeNumber(number) : t.actions.callNumber(number);
  return (
    <li
      className={[
        styles.row,
        props.isNext ? styles.next : '',
        props.placeTone === 'blocked' ? styles.blocked : '',
      ].join(' ')}
      data-visit={entry.visitId}
    >
      <span className={styles.number}>{entry.number ? <TicketNumber text={entry.number} /> : '–'}</span>
      <span className={styles.words}>
        <span className={styles.services}>{props.services}</span>
        <span className={styles.place}>
          <span className={styles[props.placeTone]}>
            {props.placeTone === 'blocked' ? <Icon name="clock" /> : null}
            {props.placeText}
          </span>
          {entry.partySize > 1 ? <span>{t.visit.party(entry.partySize)}</span> : null}
          {entry.language === language ? null : <span>{t.visit.languageName(entry.language)}</span>}
        </span>
      </span>
      <span className={styles.minutes}>{props.minutes === null ? null : t.queue.waitingMinutes(props.minutes)}</span>
      <span className={styles.buttons}>
        {props.showCall ? (
          <Button
            size="s"
            tabIndex={tabIndex}
            disabled={!props.canCall}
            label={callLabel}
            onPress={() => props.onCall(entry)}
          >
            {callText}
          </Button>
        ) : null}
        <Button
          size="s"
          variant="quiet"
          icon="more"
          tabIndex={tabIndex}
          label={t.actions.moreFor(number)}
          onPress={() => props.onOpen({ kind: 'row', entry })}
        />
      </span>
    </li>
  );
}

/** A topic brings new objects each time: what they say counts. */
function isSame(before: QueueRowProps, after: QueueRowProps): boolean {
  const keys = Object.keys(after) as (keyof QueueRowProps)[];
  return keys.every((key) =>
    key === 'entry' ? JSON.stringify(before.entry) === JSON.stringify(after.entry) : before[key] === after[key],
  );
}
