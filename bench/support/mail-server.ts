/**
 * A mail server in a process of its own: takes every mail and keeps none. Tells its parent its port, and on each message
 * how many mails it has taken and when the last one.
 */
import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';

let taken = 0;
let lastTakenMs = 0;
const server = new SMTPServer({
  disabledCommands: ['AUTH', 'STARTTLS'],
  onData(stream, _session, callback) {
    stream.resume();
    stream.once('end', () => {
      taken += 1;
      lastTakenMs = Date.now();
      callback(null, '2.0.0 taken');
    });
  },
});
server.on('error', () => undefined);
server.listen(0, '127.0.0.1', () => {
  process.send?.({ port: (server.server.address() as AddressInfo).port });
});
process.on('message', () => process.send?.({ taken, lastTakenMs }));
process.on('disconnect', () => process.exit(0));
