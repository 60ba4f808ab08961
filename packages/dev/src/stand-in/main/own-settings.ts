/** The settings of this process. @throws when it was not started as a stand-in */
import { SETTINGS_VARIABLE, type StandInSettings } from '../settings.ts';

const text = process.env[SETTINGS_VARIABLE];
if (text === undefined) throw new Error(`The stand-in for Electron is told what to do in ${SETTINGS_VARIABLE}.`);

export const settings: StandInSettings = JSON.parse(text);
// Electron's environment knows nothing of it, and what the app starts must not, either.
delete process.env[SETTINGS_VARIABLE];
