import type { QueueEntry } from '@aufruf/shared/domain/views/view-schemas';
import { useState } from 'react';
import { useClerk } from '../clerk/clerk-context.tsx';
import { SelectField } from '../form/select-field.tsx';
import { useTexts } from '../texts/use-texts.ts';
import { useDesk } from '../work/desk-context.tsx';
import styles from './dialogs.module.css';
import { QuestionDialog } from './question-dialog.tsx';
import { ServiceOptions } from './service-options.tsx';

/** To another service, to a certain counter, or both. */
export function TransferDialog({ visit, onClose }: { readonly visit: QueueEntry; readonly onClose: () => void }) {
  const { t, common } = useTexts();
  const { counterId, location, serviceName } = useDesk();
  const clerk = useClerk();
  const [current] = visit.serviceIds;
  const services = location.services.filter(({ id }) => id !== current);
  const [service, setService] = useState('');
  const [counter, setCounter] = useState('');

  const serviceId = services.find(({ id }) => id === service)?.id ?? null;
  const wanted = serviceId ?? current;
  const targets = location.counters.filter(
    ({ id, serviceIds }) => id !== counterId && wanted !== undefined && serviceIds.includes(wanted),
  );
  const reservedFor = targets.find(({ id }) => id === counter)?.id ?? null;
  const nothingChosen = serviceId === null && reservedFor === null;

  return (
    <QuestionDialog
      title={t.dialogs.transferTitle(visit.number ?? '')}
      answer={t.actions.transfer}
      command="transfer"
      disabled={nothingChosen}
      onAnswer={() => clerk.send('transfer', { counterId, serviceId, reservedFor })}
      onClose={onClose}
    >
      <SelectField label={t.dialogs.transferService} value={service} onChange={setService} autoFocus>
        <option value="">
          {t.dialogs.transferKeepService}
          {current ? `: ${serviceName(current)}` : ''}
        </option>
        <ServiceOptions services={services} />
      </SelectField>
      <SelectField
        label={t.dialogs.transferCounter(location.counterWord)}
        value={reservedFor ?? ''}
        onChange={setCounter}
      >
        <option value="">{t.dialogs.transferAnyCounter(location.counterWord)}</option>
        {targets.map(({ id, label }) => (
          <option key={id} value={id}>
            {common.counterName(location.counterWord, label)}
          </option>
        ))}
      </SelectField>
      <p className={styles.hint} role="status">
        {targets.length === 0
          ? t.dialogs.transferNobodyServes(location.counterWord)
          : nothingChosen
            ? t.dialogs.transferNothingChosen
            : null}
      </p>
    </QuestionDialog>
  );
}
