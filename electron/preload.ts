// Runs in the sandboxed window before the page: exposes the bridge, two functions of strings, and nothing else.
import { contextBridge, ipcRenderer, type IpcRendererEvent } from 'electron';
import type { Bridge } from '../shared/contract/bridge.ts';

const bridge: Bridge = {
  invoke: (channel, body) => ipcRenderer.invoke('bridge:invoke', channel, body) as Promise<string>,
  subscribe(listener) {
    const forward = (_event: IpcRendererEvent, name: string, body: string): void => listener(name, body);
    ipcRenderer.on('bridge:event', forward);
    return () => {
      ipcRenderer.off('bridge:event', forward);
    };
  },
};

contextBridge.exposeInMainWorld('countercheckBridge', bridge);
