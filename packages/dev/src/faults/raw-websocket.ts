/** Bytes on the hub's port that no device would send. */
import { randomBytes } from 'node:crypto';
import { connect, type Socket } from 'node:net';

export interface RawConnection {
  send(bytes: Buffer | string): void;
  /** Resolves when the other side has ended or reset the connection. */
  readonly ended: Promise<void>;
  readonly isOpen: () => boolean;
  close(): void;
}

export function rawConnection(port: number): Promise<RawConnection> {
  return new Promise((resolve) => {
    const socket: Socket = connect(port, '127.0.0.1');
    let isOpen = true;
    const ended = new Promise<void>((end) => {
      socket.on('close', () => {
        isOpen = false;
        end();
      });
    });
    const connection: RawConnection = {
      send: (bytes) => void socket.write(bytes),
      ended,
      isOpen: () => isOpen,
      close: () => socket.destroy(),
    };
    socket
      .on('error', () => resolve(connection))
      .on('connect', () => resolve(connection))
      .resume();
  });
}

/** A websocket as socket.io opens one, up to the first frame. */
export async function rawWebsocket(port: number): Promise<RawConnection> {
  const connection = await rawConnection(port);
  const key = randomBytes(16).toString('base64');
  connection.send(
    `GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nConnection: Upgrade\r\n` +
      `Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: ${key}\r\n\r\n`,
  );
  return connection;
}

const TEXT_AND_LAST = 0x81;
const MASKED = 0x80;
const NEXT_EIGHT_BYTES = 127;

/** A text frame of a client. `claimed`: the length it says it has. */
export function textFrame(payload: Buffer, claimed = payload.length): Buffer {
  const header = Buffer.alloc(14);
  header[0] = TEXT_AND_LAST;
  header[1] = MASKED | NEXT_EIGHT_BYTES;
  header.writeBigUInt64BE(BigInt(claimed), 2);
  // A mask of zeros leaves the payload as it is.
  return Buffer.concat([header, payload]);
}
