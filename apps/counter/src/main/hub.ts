/** The hub that a counter hosts where it is told to, in a utility process of its own. */
import { createNodePlatform } from '@aufruf/engine/platform/node-platform';
import { runHubChild } from '@aufruf/hub/hub-child';

runHubChild({ port: process.parentPort, platform: createNodePlatform(), exit: (code) => process.exit(code) });
