/** The preload of the display: the bridge and nothing else. */
import { exposeBridge } from '@aufruf/electron/preload/expose-bridge';

exposeBridge();
