import type { ClerkCommand } from '@aufruf/shared/i18n/counter/texts';
import { Button } from '@aufruf/ui/components/button';
import type { IconName } from '@aufruf/ui/components/icon';
import type { Ref } from 'react';
import { useClerkState } from '../clerk/clerk-context.tsx';
import type { DialogRequest } from '../dialogs/dialog-request.ts';
import { ariaKey, keyCap, SHORTCUTS, type ShortcutAction } from '../shortcuts/shortcut-table.ts';
import { useTexts } from '../texts/use-texts.ts';
import styles from './desk-buttons.module.css';
import { useDesk } from './desk-context.tsx';
import { PrimaryButton } from './primary-button.tsx';
import type { DeskActions } from './use-desk-actions.ts';

export interface DeskButtonsProps {
  readonly actions: DeskActions;
  readonly onOpen: (request: DialogRequest) => void;
  readonly primaryRef: Ref<HTMLButtonElement>;
}

/** The steps that are possible now: one main one, and the others below it, each with its key. */
export function DeskButtons(props: DeskButtonsProps) {
  const { mode } = useDesk();
  return (
    <div className={styles.buttons}>
      <PrimaryButton {...props} size="xl" />
      {mode === 'break' ? null : (
        <div className={styles.others}>
          <OtherButtons {...props} />
        </div>
      )}
    </div>
  );
}

function OtherButtons({ actions, onOpen }: DeskButtonsProps) {
  const { t } = useTexts();
  const { mode, desk } = useDesk();
  const requeue = (
    <Step
      text={t.actions.requeue}
      icon="queue"
      by="requeue"
      command="requeue"
      onPress={() => desk.visit && actions.requeue(desk.visit, 'same')}
    />
  );
  switch (mode) {
    case 'idle':
      return (
        <>
          <Step
            text={t.actions.enterNumber}
            icon="search"
            by="enterNumber"
            onPress={() => onOpen({ kind: 'number' })}
          />
          <Step text={t.actions.walkDirect} icon="person" onPress={() => onOpen({ kind: 'walkDirect' })} />
        </>
      );
    case 'called':
      return (
        <>
          <Step text={t.actions.recall} icon="bell" by="recall" command="recall" onPress={actions.recall} />
          <Step text={t.actions.noShow} icon="absent" by="noShow" command="markNoShow" onPress={actions.noShow} />
          {requeue}
        </>
      );
    case 'serving':
      return (
        <>
          <Step text={t.actions.park} icon="pause" by="park" onPress={() => onOpen({ kind: 'park' })} />
          <Step text={t.actions.transfer} icon="transfer" by="transfer" onPress={() => onOpen({ kind: 'transfer' })} />
          <Step text={t.actions.followUp} icon="plus" onPress={() => onOpen({ kind: 'followUp' })} />
          {requeue}
        </>
      );
    case 'break':
      return null;
  }
}

interface StepProps {
  readonly text: string;
  readonly icon: IconName;
  readonly by?: ShortcutAction;
  /** The command it sends at once; absent if it asks first. */
  readonly command?: ClerkCommand;
  readonly onPress: () => unknown;
}

function Step({ text, icon, by, command, onPress }: StepProps) {
  const { t } = useTexts();
  const { pending } = useClerkState();
  return (
    <Button
      wide
      icon={icon}
      pending={command !== undefined && pending === command}
      onPress={() => void onPress()}
      {...(by && { shortcut: ariaKey(SHORTCUTS[by]), keyCap: keyCap(SHORTCUTS[by], t.keys.ctrl) })}
    >
      {text}
    </Button>
  );
}
