// page.html#URL,USER,PASSWORD: a JsSIP user agent in a browser, that shows what is written; send(to, text) writes.
import JsSIP from 'jssip';

const [url, user, password] = location.hash.slice(1).split(',').map(decodeURIComponent);
const state = document.getElementById('state');
const log = document.getElementById('log');

function show(who, text, kind) {
  const line = document.createElement('li');
  const from = document.createElement('small');
  from.textContent = who;
  line.className = kind;
  line.append(from, text);
  log.append(line);
  return line;
}

const agent = new JsSIP.UA({
  sockets: [new JsSIP.WebSocketInterface(url)],
  uri: `sip:${user}@example.com`,
  password,
  register_expires: 600,
});
agent.on('registered', () => (state.textContent = `${user} is registered`));
agent.on('registrationFailed', (e) => (state.textContent = `${user} is not registered: ${e.cause}`));
agent.on('newMessage', ({ originator, message, request }) => {
  if (originator !== 'remote') return;
  show(request.from.uri.user, request.body, 'theirs');
  message.accept();
});
agent.start();

globalThis.send = (to, text) =>
  new Promise((resolve) => {
    const line = show(user, text, 'mine');
    agent.sendMessage(to, text, {
      contentType: 'text/plain;charset=UTF-8',
      eventHandlers: {
        succeeded: ({ response }) => resolve(String(response.status_code)),
        failed: ({ cause }) => {
          line.classList.add('failed');
          resolve(cause);
        },
      },
    });
  });
