import type { NamedDevice } from '@aufruf/shared/domain/views/hub-overview';
import type { CounterId } from '@aufruf/shared/lib/ids';
import type { HubPlace } from '@aufruf/shared/takeover/hub-place';
import { Button } from '@aufruf/ui/components/button';
import { Dialog } from '@aufruf/ui/components/dialog';
import { Notice } from '@aufruf/ui/components/notice';
import { useCommand } from '@aufruf/ui/state/use-command';
import { useId, useState } from 'react';
import { DialogActions } from '../dialogs/dialog-actions.tsx';
import dialogs from '../dialogs/dialogs.module.css';
import form from '../form/form.module.css';
import { useTexts } from '../texts/use-texts.ts';
import styles from './location-page.module.css';
import { useDeviceName } from './use-device-name.ts';

interface TakeoverDialogProps {
  readonly counterId: CounterId;
  readonly place: HubPlace;
  readonly self: NamedDevice;
  readonly onClose: () => void;
}

/**
 * Says what is about to happen and what to see to first. Nobody does it by a slip: it takes a tick, the device's name in
 * letters, and a press.
 */
export function TakeoverDialog({ counterId, place, self, onClose }: TakeoverDialogProps) {
  const { t } = useTexts();
  const nameOf = useDeviceName();
  const { pending, refusal, run } = useCommand('takeOverHub');
  const [isOff, setOff] = useState(false);
  const [typed, setTyped] = useState('');
  const id = useId();
  const isMeant = isOff && typed.trim().toLowerCase() === place.device;
  const words = refusal && { ...t.refusals, ...t.location.refusals }[refusal.type];
  const { confirm } = t.location;

  async function takeOver(): Promise<void> {
    const answer = await run({ counterId, place });
    if (answer?.ok) onClose();
  }

  return (
    <Dialog title={confirm.title(nameOf(self))} onClose={onClose}>
      <div className={dialogs.form}>
        <p>{confirm.does(place.address)}</p>
        <p>{confirm.cannotBeUndone}</p>
        <div>
          <h3 className={styles.first}>{confirm.firstTitle}</h3>
          <ul className={styles.checks}>
            {confirm.first.map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ul>
        </div>
        <label className={form.choice}>
          <input type="checkbox" checked={isOff} onChange={(event) => setOff(event.target.checked)} />
          <span>{confirm.isOff}</span>
        </label>
        <div className={dialogs.list}>
          <label htmlFor={id}>{confirm.typeName(place.device)}</label>
          <input
            id={id}
            type="text"
            dir="ltr"
            className={form.input}
            value={typed}
            autoComplete="off"
            autoCapitalize="none"
            spellCheck={false}
            onChange={(event) => setTyped(event.target.value)}
          />
        </div>
        {words ? (
          <Notice tone="bad" icon="warning" title={words.what} urgency="alert">
            <p>{words.how}</p>
          </Notice>
        ) : null}
      </div>
      <DialogActions>
        <Button onPress={onClose} autoFocus>
          {t.actions.back}
        </Button>
        <Button variant="danger" pending={pending} disabled={!isMeant} onPress={() => void takeOver()}>
          {confirm.answer}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
