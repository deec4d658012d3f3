// Runs a preload in the page as Electron would: its own CommonJS scope, `electron` by require, frozen copies exposed.

/** The script to inject before the page's own; main frames only. */
export function preloadScript(source: string): string {
  return `(() => {
  if (window.top !== window) return;
  const call = window.doubleInvoke;
  delete window.doubleInvoke;
  const listeners = new Map();
  Object.defineProperty(window, 'doubleReceive', {
    value: (channel, values) => {
      for (const listener of listeners.get(channel) ?? []) listener({}, ...values);
    },
  });
  const copy = (value) => {
    if (typeof value === 'function') return (...args) => copy(value(...args));
    if (value instanceof Promise) return value.then(copy);
    if (value === null || typeof value !== 'object') return value;
    return Object.freeze(Object.fromEntries(Object.entries(value).map(([name, each]) => [name, copy(each)])));
  };
  const ipcRenderer = {
    invoke: (channel, ...args) => call(channel, args),
    on: (channel, listener) => {
      listeners.set(channel, [...(listeners.get(channel) ?? []), listener]);
      return ipcRenderer;
    },
    off: (channel, listener) => {
      listeners.set(channel, (listeners.get(channel) ?? []).filter((each) => each !== listener));
      return ipcRenderer;
    },
  };
  const contextBridge = {
    exposeInMainWorld: (name, value) =>
      Object.defineProperty(window, name, { value: copy(value), enumerable: true }),
  };
  const require = (name) => {
    if (name === 'electron') return { contextBridge, ipcRenderer };
    throw new Error('module not found in a sandboxed preload: ' + name);
  };
  const module = { exports: {} };
  ((require, module, exports) => {
${source}
  })(require, module, module.exports);
})();`;
}
