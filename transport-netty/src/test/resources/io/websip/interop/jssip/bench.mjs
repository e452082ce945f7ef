// bench.mjs URL: JsSIP as a contestant of io.websip.bench.runner. Prints "0 0" once it is registered; for each line "WINDOW MILLIS" on
// standard input it keeps so many messages under way for so long, and prints
//
//   MESSAGES FAILURES ELAPSED CPU P50 P99 P999        (times in nanoseconds)
import { createInterface } from 'node:readline';
import { WebSocket } from 'ws';

const [url] = process.argv.slice(2);
const body = 'Hello, this is one message of a load run, and it is about a hundred bytes long, as real ones are.';

globalThis.WebSocket = class extends WebSocket {
  constructor(address, protocols) {
    super(address, protocols, { perMessageDeflate: false }); // as the others do
  }
};
const { default: JsSIP } = await import('jssip');
JsSIP.debug.disable();

const agent = new JsSIP.UA({
  sockets: [new JsSIP.WebSocketInterface(url)],
  uri: 'sip:alice@example.com',
  register_expires: 600,
});

const send = (to) =>
  new Promise((ended) => {
    agent.sendMessage(to, body, {
      contentType: 'text/plain',
      eventHandlers: { succeeded: () => ended(true), failed: () => ended(false) },
    });
  });

async function round(window, millis) {
  const times = [];
  let failures = 0;
  const cpu = process.cpuUsage();
  const start = process.hrtime.bigint();
  const end = performance.now() + millis;
  await Promise.all(
    Array.from({ length: window }, async (_, place) => {
      while (performance.now() < end) {
        const sentAt = process.hrtime.bigint();
        if (!(await send(`sip:user${place}@example.com`))) failures++;
        times.push(Number(process.hrtime.bigint() - sentAt));
      }
    }),
  );
  const elapsed = process.hrtime.bigint() - start;
  const { user, system } = process.cpuUsage(cpu);
  times.sort((a, b) => a - b);
  const percentile = (part) => times[Math.ceil(part * times.length) - 1];
  const figures = [times.length, failures, elapsed, (user + system) * 1000, ...[0.5, 0.99, 0.999].map(percentile)];
  console.log(figures.join(' '));
}

agent.on('registered', () => console.log('0 0'));
agent.start();
const orders = createInterface({ input: process.stdin });
orders.on('line', (line) => round(...line.split(' ').map(Number)));
orders.on('close', () => process.exit(0));
