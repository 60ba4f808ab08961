/** The preload of the counter: the bridge and nothing else. */
import { exposeBridge } from '@aufruf/electron/preload/expose-bridge';

exposeBridge();
