/** The bare socket.io server, in a process of its own as the hub is. */
import { answerQuestions } from '../process/helper.ts';
import { type RawServer, startRawServer } from './raw-sockets.ts';

export type RawQuestions = { readonly start: { readonly ask: null; readonly answer: { url: string } } };

let server: RawServer | null = null;
answerQuestions<RawQuestions>(
  {
    async start() {
      server = await startRawServer();
      return { url: server.url };
    },
  },
  () => server?.close(),
);
