import { useId } from 'react';
import styles from './form.module.css';

interface ChoiceGroupProps<V extends string> {
  readonly legend: string;
  readonly options: readonly { readonly value: V; readonly label: string; readonly lang?: string }[];
  readonly value: V | null;
  readonly onChange: (value: V) => void;
  /** The dialog's focus starts here. */
  readonly autoFocus?: boolean;
}

/** One of a few: radio buttons large enough to hit, moved through with the arrow keys. */
export function ChoiceGroup<V extends string>({ legend, options, value, onChange, autoFocus }: ChoiceGroupProps<V>) {
  const name = useId();
  return (
    <fieldset className={styles.group}>
      <legend className={styles.legend}>{legend}</legend>
      <div className={styles.choices}>
        {options.map((option) => (
          <label key={option.value} className={styles.choice} lang={option.lang}>
            <input
              type="radio"
              name={name}
              value={option.value}
              checked={option.value === value}
              data-autofocus={(autoFocus && option.value === value) || undefined}
              onChange={() => onChange(option.value)}
            />
            <span>{option.label}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
