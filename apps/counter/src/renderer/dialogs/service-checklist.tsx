import type { ServiceId } from '@aufruf/shared/lib/ids';
import { useId, useState } from 'react';
import formStyles from '../form/form.module.css';
import { useTexts } from '../texts/use-texts.ts';
import { useDesk } from '../work/desk-context.tsx';
import styles from './dialogs.module.css';

interface ServiceChecklistProps {
  readonly values: readonly ServiceId[];
  readonly onChange: (values: ServiceId[]) => void;
}

/** Any of the location's services, by group, found by typing a part of the name. What is chosen stays in view. */
export function ServiceChecklist({ values, onChange }: ServiceChecklistProps) {
  const { t, language } = useTexts();
  const { location } = useDesk();
  const [search, setSearch] = useState('');
  const id = useId();
  const wanted = search.trim().toLowerCase();
  const shown = location.services.filter(
    (service) => values.includes(service.id) || service.name[language].toLowerCase().includes(wanted),
  );
  return (
    <div className={styles.list}>
      <label htmlFor={id}>{t.dialogs.serviceSearch}</label>
      <input
        id={id}
        type="search"
        className={formStyles.input}
        value={search}
        data-autofocus
        autoComplete="off"
        onChange={(event) => setSearch(event.target.value)}
      />
      <div className={styles.scroll}>
        {shown.length === 0 ? <p className={styles.hint}>{t.dialogs.serviceNoMatch}</p> : null}
        {location.groups.map((group) => {
          const own = shown.filter(({ groupId }) => groupId === group.id);
          return own.length === 0 ? null : (
            <fieldset key={group.id} className={formStyles.group}>
              <legend className={styles.groupName}>{group.name[language]}</legend>
              <div className={formStyles.choices}>
                {own.map((service) => (
                  <label key={service.id} className={formStyles.choice}>
                    <input
                      type="checkbox"
                      checked={values.includes(service.id)}
                      onChange={(event) =>
                        onChange(
                          event.target.checked
                            ? [...values, service.id]
                            : values.filter((other) => other !== service.id),
                        )
                      }
                    />
                    <span>{service.name[language]}</span>
                  </label>
                ))}
              </div>
            </fieldset>
          );
        })}
      </div>
    </div>
  );
}
