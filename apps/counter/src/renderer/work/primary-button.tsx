import { Button } from '@aufruf/ui/components/button';
import type { IconName } from '@aufruf/ui/components/icon';
import type { Ref } from 'react';
import { useClerkState } from '../clerk/clerk-context.tsx';
import type { DialogRequest } from '../dialogs/dialog-request.ts';
import { ariaKey, SHORTCUTS, type ShortcutAction } from '../shortcuts/shortcut-table.ts';
import { useTexts } from '../texts/use-texts.ts';
import styles from './desk-buttons.module.css';
import { useDesk } from './desk-context.tsx';
import type { DeskMode } from './desk-mode.ts';
import type { DeskActions } from './use-desk-actions.ts';

interface PrimaryButtonProps {
  readonly actions: DeskActions;
  readonly onOpen: (request: DialogRequest) => void;
  readonly primaryRef: Ref<HTMLButtonElement>;
  readonly size: 'l' | 'xl';
  /** Finish without a question (the bar). */
  readonly finishAtOnce?: boolean;
}

const FACE: Record<DeskMode, { readonly icon: IconName; readonly by: ShortcutAction | null }> = {
  idle: { icon: 'bell', by: 'callNext' },
  called: { icon: 'check', by: 'arrived' },
  serving: { icon: 'check', by: 'finish' },
  break: { icon: 'play', by: null },
};

/**
 * The next step of the usual way: call, arrived, finish, call. One and the same button, so that the focus stays and Enter goes
 * on; the second half of a double click is not taken for the step after.
 */
export function PrimaryButton({ actions, onOpen, primaryRef, size, finishAtOnce = false }: PrimaryButtonProps) {
  const { t } = useTexts();
  const { mode, desk } = useDesk();
  const { pending } = useClerkState();
  const { icon, by } = FACE[mode];
  const text: Record<DeskMode, string> = {
    idle: t.actions.callNext,
    called: t.actions.arrived,
    serving: finishAtOnce ? t.actions.finishAsDone : t.actions.finish,
    break: t.actions.endBreak,
  };
  const press: Record<DeskMode, () => unknown> = {
    idle: actions.callNext,
    called: actions.arrived,
    serving: () => (finishAtOnce && desk.visit ? actions.finishAsDone(desk.visit) : onOpen({ kind: 'finish' })),
    break: actions.endBreak,
  };
  return (
    <div
      className={styles.primary}
      onClickCapture={(event) => {
        if (event.detail > 1) event.stopPropagation();
      }}
    >
      <Button
        ref={primaryRef}
        variant="primary"
        wide
        size={size}
        icon={icon}
        pending={pending !== null}
        onPress={() => void press[mode]()}
        {...(by && { shortcut: ariaKey(SHORTCUTS[by]) })}
      >
        {text[mode]}
      </Button>
    </div>
  );
}
