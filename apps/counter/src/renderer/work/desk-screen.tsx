import type { CounterTexts } from '@aufruf/shared/i18n/counter/texts';
import { useCallback, useEffect, useRef, useState } from 'react';
import { useClerk, useClerkState } from '../clerk/clerk-context.tsx';
import { DeskDialog } from '../dialogs/desk-dialog.tsx';
import { type DialogRequest, needsService } from '../dialogs/dialog-request.ts';
import { QueuePanel } from '../queue/queue-panel.tsx';
import type { Meaning, ShortcutAction } from '../shortcuts/shortcut-table.ts';
import { useShortcuts } from '../shortcuts/use-shortcuts.ts';
import { useSupervision } from '../supervision/supervision.tsx';
import { useTexts } from '../texts/use-texts.ts';
import { Bar } from './bar.tsx';
import { CurrentVisit } from './current-visit.tsx';
import { DeskButtons } from './desk-buttons.tsx';
import { type DeskValue, useDesk } from './desk-context.tsx';
import { DeskHeader } from './desk-header.tsx';
import styles from './desk-screen.module.css';
import { MessageSlot } from './message-slot.tsx';
import { UndoBar } from './undo-bar.tsx';
import { useArrival } from './use-arrival.ts';
import { useDeskActions } from './use-desk-actions.ts';
import { BAR, useMediaQuery } from './use-media-query.ts';

/** Where a clerk works: the visit at hand on one side, who waits on the other. */
export function DeskScreen() {
  const { t } = useTexts();
  const value = useDesk();
  const { mode, desk, queue, counterId } = value;
  const actions = useDeskActions(counterId);
  const clerk = useClerk();
  const supervision = useSupervision();
  const { pending } = useClerkState();
  const [dialog, setDialog] = useState<DialogRequest | null>(null);
  const primary = useRef<HTMLButtonElement>(null);
  const isBar = useMediaQuery(BAR);
  const arrival = useArrival(queue, mode);

  // A dialog about the visit in service has no subject once the visit is gone (undone elsewhere, taken over).
  if (dialog !== null && needsService(dialog) && mode !== 'serving') setDialog(null);

  useTitle(arrival === null ? titleOf(value, t) : t.title.arrival(arrival));

  // A button that had the focus may vanish with its state: work goes on at the main one. Nothing is taken from anybody.
  useEffect(() => {
    if (dialog === null && document.activeElement === document.body) primary.current?.focus();
  });

  const open = useCallback(
    (request: DialogRequest) => {
      clerk.dismiss();
      setDialog(request);
    },
    [clerk],
  );

  const byKey: Record<ShortcutAction, () => void> = {
    callNext: () => void actions.callNext(),
    recall: () => void actions.recall(),
    arrived: () => void actions.arrived(),
    noShow: () => void actions.noShow(),
    requeue: () => desk.visit && void actions.requeue(desk.visit, 'same'),
    finish: () => (isBar && desk.visit ? void actions.finishAsDone(desk.visit) : open({ kind: 'finish' })),
    park: () => open({ kind: 'park' }),
    transfer: () => open({ kind: 'transfer' }),
    undo: () => void actions.undo(),
    enterNumber: () => open({ kind: 'number' }),
    help: () => open({ kind: 'help' }),
    location: () => supervision?.openPage(),
  };
  useShortcuts(mode, (meaning: Meaning) => {
    if (pending !== null) return;
    if (meaning.kind === 'act') byKey[meaning.action]();
    if (meaning.kind === 'say') clerk.say(meaning.refusal);
  });

  const shared = { actions, onOpen: open, primaryRef: primary };
  return (
    <>
      {isBar ? (
        <Bar {...shared} />
      ) : (
        <div className={styles.screen}>
          <DeskHeader {...shared} />
          <main className={styles.main}>
            <div className={styles.visit}>
              <CurrentVisit onOpen={open} />
              <MessageSlot arrival={arrival} superseded={desk.superseded} />
              <DeskButtons {...shared} />
              <UndoBar actions={actions} />
            </div>
            <QueuePanel actions={actions} onOpen={open} />
          </main>
        </div>
      )}
      {dialog ? <DeskDialog request={dialog} actions={actions} onOpen={open} onClose={() => setDialog(null)} /> : null}
    </>
  );
}

function useTitle(title: string): void {
  useEffect(() => {
    document.title = title;
  }, [title]);
}

const titleOf = ({ desk: { visit }, queue, counterName }: DeskValue, t: CounterTexts): string =>
  visit?.number ? t.title.visit(visit.number, counterName) : t.title.idle(queue.waiting.length, counterName);
