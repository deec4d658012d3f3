// The menu: none on Windows and Linux, what macOS expects of every application there; tools only while developing.
import { Menu, type MenuItemConstructorOptions } from 'electron';

/** Sets the menu. A packaged application has neither reload nor developer tools in it. */
export function setMenu(platform: NodeJS.Platform, packaged: boolean): void {
  const mac: MenuItemConstructorOptions[] =
    platform === 'darwin' ? [{ role: 'appMenu' }, { role: 'editMenu' }, { role: 'windowMenu' }] : [];
  const tools: MenuItemConstructorOptions[] = packaged ? [] : [{ role: 'viewMenu' }];
  const all = [...mac, ...tools];
  Menu.setApplicationMenu(all.length === 0 ? null : Menu.buildFromTemplate(all));
}
