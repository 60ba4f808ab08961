/** The preload of the kiosk: the bridge and nothing else. */
import { exposeBridge } from '@aufruf/electron/preload/expose-bridge';

exposeBridge();
