import type { LocationView } from '@aufruf/shared/domain/views/view-schemas';
import { useTexts } from '../texts/use-texts.ts';
import { useDesk } from '../work/desk-context.tsx';

/** Services as options of a list, by service group. */
export function ServiceOptions({ services }: { readonly services: LocationView['services'] }) {
  const { language } = useTexts();
  const { location } = useDesk();
  return location.groups.map((group) => {
    const own = services.filter(({ groupId }) => groupId === group.id);
    return own.length === 0 ? null : (
      <optgroup key={group.id} label={group.name[language]}>
        {own.map(({ id, name }) => (
          <option key={id} value={id}>
            {name[language]}
          </option>
        ))}
      </optgroup>
    );
  });
}
