// Stands where the window's own bridge would be, and behaves like it: same shape, same frozen prototypes.

Object.freeze(Object.prototype);

const callbacks = new Map();
let last = 0;

/** A browser keeps its own folder of downloads. */
function download({ name, text }) {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([text]));
  link.download = name;
  link.click();
  URL.revokeObjectURL(link.href);
  return name;
}

window.__TAURI_INTERNALS__ = {
  metadata: {
    currentWindow: { label: 'main' },
    currentWebview: { label: 'main', windowLabel: 'main' },
  },
  transformCallback(callback, once = false) {
    const id = ++last;
    callbacks.set(id, (data) => {
      if (once) callbacks.delete(id);
      callback?.(data);
    });
    return id;
  },
  unregisterCallback(id) {
    callbacks.delete(id);
  },
  async invoke(command, args) {
    if (command === 'print_page') return window.print();
    if (command === 'save') return download(args);
    if (command !== 'desk') throw new Error(`${command} not allowed. Command not found`);
    const answer = await fetch('/ask', { method: 'POST', body: JSON.stringify(args) });
    const reply = await answer.json();
    if (reply.error) throw reply.error;
    return reply.ok;
  },
};
