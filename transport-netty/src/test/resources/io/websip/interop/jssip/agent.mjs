// agent.mjs URL USER PASSWORD: a JsSIP user agent that registers, does what it is told on standard input, and tells on
// standard output what happens. Both are lines of form-encoded fields (a=1&b=2), so that any text is one line.
//
//   in:  do=send&id=ID&to=URI&body=TEXT[&type=TYPE][&header=LINE]...   do=stop
//   out: event=registered | message (from, to, type, body, subject) | sent (id, status, cause) | failed (cause) | end
//
// A message whose body is "reject N" is answered N, any other 200.
import { createInterface } from 'node:readline';
import { WebSocket } from 'ws';

const [url, user, password] = process.argv.slice(2);

globalThis.WebSocket = class extends WebSocket {
  constructor(address, protocols) {
    super(address, protocols, { rejectUnauthorized: false }); // the certificate is the test's own
  }
};
const { default: JsSIP } = await import('jssip');
JsSIP.debug.disable();

const tell = (fields) => process.stdout.write(new URLSearchParams(fields).toString() + '\n');
const agent = new JsSIP.UA({
  sockets: [new JsSIP.WebSocketInterface(url)],
  uri: `sip:${user}@example.com`,
  password,
  register_expires: 600,
});

agent.on('registered', () => tell({ event: 'registered' }));
agent.on('registrationFailed', (e) => tell({ event: 'failed', cause: e.cause }));
agent.on('newMessage', ({ originator, message, request }) => {
  if (originator !== 'remote') return;
  const body = request.body ?? '';
  tell({
    event: 'message',
    from: request.from.uri.toString(),
    to: request.to.uri.toString(),
    type: request.getHeader('Content-Type') ?? '',
    subject: request.getHeader('Subject') ?? '',
    body,
  });
  const status = /^reject ([3-6]\d\d)$/.exec(body);
  if (status) message.reject({ status_code: Number(status[1]) });
  else message.accept();
});

function send(order) {
  const id = order.get('id');
  agent.sendMessage(order.get('to'), order.get('body'), {
    contentType: order.get('type') ?? 'text/plain;charset=UTF-8',
    extraHeaders: order.getAll('header'),
    eventHandlers: {
      succeeded: ({ response }) => tell({ event: 'sent', id, status: response.status_code, cause: '' }),
      failed: ({ response, cause }) => tell({ event: 'sent', id, status: response?.status_code ?? 0, cause }),
    },
  });
}

function stop() {
  agent.once('disconnected', () => {
    tell({ event: 'end' });
    process.exit(0);
  });
  agent.stop();
}

const orders = createInterface({ input: process.stdin });
orders.on('line', (line) => {
  const order = new URLSearchParams(line);
  if (order.get('do') === 'send') send(order);
  else stop();
});
orders.on('close', stop); // whoever told us what to do is gone
agent.start();
