import { assertNever } from '@aufruf/shared/lib/assert';
import { useDesk } from '../work/desk-context.tsx';
import type { DeskActions } from '../work/use-desk-actions.ts';
import { BreakDialog } from './break-dialog.tsx';
import { CancelDialog } from './cancel-dialog.tsx';
import type { DialogRequest } from './dialog-request.ts';
import { FinishDialog } from './finish-dialog.tsx';
import { FollowUpDialog } from './follow-up-dialog.tsx';
import { HelpDialog } from './help-dialog.tsx';
import { NumberDialog } from './number-dialog.tsx';
import { ParkDialog } from './park-dialog.tsx';
import { PartyDialog } from './party-dialog.tsx';
import { PriorityDialog } from './priority-dialog.tsx';
import { RowDialog } from './row-dialog.tsx';
import { ServicesDialog } from './services-dialog.tsx';
import { TransferDialog } from './transfer-dialog.tsx';
import { WalkDirectDialog } from './walk-direct-dialog.tsx';

interface DeskDialogProps {
  readonly request: DialogRequest;
  readonly actions: DeskActions;
  /** Goes on to another question. */
  readonly onOpen: (request: DialogRequest) => void;
  readonly onClose: () => void;
}

export function DeskDialog({ request, actions, onOpen, onClose }: DeskDialogProps) {
  const { desk } = useDesk();
  const common = { actions, onClose };
  switch (request.kind) {
    case 'finish':
      return desk.visit && <FinishDialog {...common} visit={desk.visit} />;
    case 'park':
      return desk.visit && <ParkDialog {...common} visit={desk.visit} />;
    case 'transfer':
      return desk.visit && <TransferDialog {...common} visit={desk.visit} />;
    case 'followUp':
      return desk.visit && <FollowUpDialog {...common} visit={desk.visit} />;
    case 'number':
      return <NumberDialog {...common} />;
    case 'walkDirect':
      return <WalkDirectDialog {...common} />;
    case 'break':
      return <BreakDialog {...common} />;
    case 'help':
      return <HelpDialog onClose={onClose} />;
    case 'services':
      return <ServicesDialog {...common} entry={request.entry} />;
    case 'party':
      return <PartyDialog {...common} entry={request.entry} />;
    case 'priority':
      return <PriorityDialog {...common} entry={request.entry} />;
    case 'row':
      return <RowDialog {...common} entry={request.entry} onOpen={onOpen} />;
    case 'cancel':
      return <CancelDialog {...common} entry={request.entry} />;
    default:
      return assertNever(request);
  }
}
