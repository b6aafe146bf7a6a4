// Serves the built desk to an ordinary browser, under the policy that ships, in front of a real core.
// The window's bridge is replaced by one that hands every ask to `inkpointctl desk FILE`. For pictures and
// browser tests while the desk is being made; nothing of this is in the program.

import { spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname, join, normalize } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const root = fileURLToPath(new URL('../../', import.meta.url));
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    dist: { type: 'string', default: join(root, 'ui/dist') },
    inkpointctl: { type: 'string', default: 'inkpointctl' },
    port: { type: 'string', default: '4600' },
  },
});
const [file] = positionals;
if (!file) {
  console.error('serve.mjs [--port N] [--dist FOLDER] [--inkpointctl PROGRAM] FILE');
  process.exit(2);
}

const kinds = {
  '.css': 'text/css',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.json': 'application/json',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
};

/** The window's policy, and the one thing more that a page over HTTP needs: to reach this server. */
async function policy() {
  const { app } = JSON.parse(await readFile(join(root, 'tauri.conf.json'), 'utf8'));
  return Object.entries(app.security.csp)
    .map(([name, sources]) => (name === 'connect-src' ? `${name} 'self' ${sources}` : `${name} ${sources}`))
    .join('; ');
}

/** One core on one file: its lines in, its lines out, told apart by their ids. */
class Core {
  #program;
  #waiting = new Map();
  #last = 0;

  ask({ command, key, args }) {
    this.#program ??= this.#start();
    const id = ++this.#last;
    return new Promise((resolve) => {
      this.#waiting.set(id, resolve);
      const ask = key == null ? { id, command, args } : { id, command, key, args };
      this.#program.stdin.write(`${JSON.stringify(ask)}\n`);
    });
  }

  #start() {
    const program = spawn(values.inkpointctl, ['desk', file], {
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    createInterface({ input: program.stdout }).on('line', (line) => {
      const { id, ...reply } = JSON.parse(line);
      this.#waiting.get(id)?.(reply);
      this.#waiting.delete(id);
    });
    const gone = (why) => {
      if (this.#program !== program) return;
      this.#program = undefined;
      console.error(`The core is gone (${why}); the next ask starts it again.`);
      const error = { code: 'internal', params: {}, correlation: '' };
      for (const resolve of this.#waiting.values()) resolve({ error });
      this.#waiting.clear();
    };
    program.on('error', (error) => gone(error.message));
    program.on('exit', (code, signal) => gone(code ?? signal));
    program.stdin.on('error', () => {});
    return program;
  }
}

const core = new Core();
const csp = await policy();

async function body(request) {
  const parts = [];
  for await (const part of request) parts.push(part);
  return JSON.parse(Buffer.concat(parts).toString('utf8'));
}

/** A picture as the window's own scheme serves it: asked of the door. */
async function picture(path, response) {
  const [size, id, portfolio] = path.split('.').reverse();
  const { ok } = await core.ask(
    portfolio
      ? { command: 'portfolio.show', args: { item_id: id, size } }
      : { command: 'pictures.show', args: { picture_id: id, size } },
  );
  if (ok) {
    response.writeHead(200, { 'content-type': ok.mime, 'cache-control': 'no-store' });
    response.end(Buffer.from(ok.base64, 'base64'));
  } else response.writeHead(404).end();
}

async function page(path) {
  if (path === '/preview-bridge.js') {
    return { kind: kinds['.js'], data: await readFile(new URL('./bridge.js', import.meta.url)) };
  }
  const name = path === '/' ? '/index.html' : normalize(path);
  const data = await readFile(join(values.dist, name));
  if (name !== '/index.html') return { kind: kinds[extname(name)] ?? 'application/octet-stream', data };
  const bridge = '<head><script src="/preview-bridge.js"></script>';
  return { kind: kinds['.html'], data: data.toString('utf8').replace('<head>', bridge) };
}

const server = createServer(async (request, response) => {
  const { pathname } = new URL(request.url, 'http://localhost');
  try {
    if (request.method === 'POST' && pathname === '/ask') {
      const reply = await core.ask(await body(request));
      response.writeHead(200, { 'content-type': 'application/json', 'cache-control': 'no-store' });
      response.end(JSON.stringify(reply));
      return;
    }
    if (pathname.startsWith('/picture/')) {
      await picture(decodeURIComponent(pathname.slice('/picture/'.length)), response);
      return;
    }
    const { kind, data } = await page(decodeURIComponent(pathname));
    response.writeHead(200, {
      'content-type': kind,
      'content-security-policy': csp,
      'cache-control': 'no-store',
    });
    response.end(data);
  } catch (error) {
    // A browser asks for this by itself, the window never does; its 404 would look like a fault of the desk.
    if (pathname === '/favicon.ico') response.writeHead(204).end();
    else response.writeHead(error.code === 'ENOENT' ? 404 : 400).end();
  }
});

server.listen(Number(values.port), '127.0.0.1', () => {
  console.log(`http://127.0.0.1:${server.address().port}/`);
});
