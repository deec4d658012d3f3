// Deliberately wrong imports: what the import table, and the linter derived from it, must refuse.
import type { Import } from '../../scripts/house.ts';

export const value = (specifier: string): Import => ({ specifier, typeOnly: false, line: 1 });
export const type = (specifier: string): Import => ({ specifier, typeOnly: true, line: 1 });

/** The importing file, what it imports, and words that the refusal must hold. */
export const WRONG_IMPORTS: [path: string, found: Import, told: string][] = [
  // pure rooms
  ['shared/mrz/parse.ts', value('node:fs'), "'node:fs'"],
  ['shared/mrz/parse.ts', value('zod'), "the package 'zod'"],
  ['shared/mrz/parse.ts', type('../vision/types.ts'), 'shared/vision'],
  ['shared/mrz/parse.ts', value('../../electron/app.ts'), 'electron/app'],
  ['shared/vision/read.ts', value('sharp'), "the package 'sharp'"],
  ['shared/vision/read.ts', value('../examination/judge.ts'), 'shared/examination'],
  ['shared/examination/judge.ts', value('../vision/read.ts'), 'shared/vision'],
  ['shared/specimen/set.ts', value('node:crypto'), "'node:crypto'"],
  ['shared/specimen/set.ts', value('fs'), 'without node:'],
  ['shared/training/score.ts', value('react'), "the package 'react'"],
  ['shared/contract/records.ts', value('node:fs'), "'node:fs'"],
  ['shared/sharing/leaving.ts', value('node:crypto'), "'node:crypto'"],
  ['shared/sharing/leaving.ts', value('../wire/seal.ts'), 'shared/wire'],
  ['shared/wire/bundle.ts', value('node:fs'), "'node:fs'"],
  ['shared/wire/bundle.ts', value('../../electron/keys.ts'), 'electron/floor'],
  ['shared/wire/api.ts', value('../contract/records.ts'), 'shared/contract'],
  ['shared/contract/records.ts', value('../wire/api.ts'), 'shared/wire'],
  // the window
  ['renderer/features/reports/Preview.tsx', value('../../../shared/wire/codes.ts'), 'shared/wire'],
  ['renderer/features/examine/Examine.tsx', value('../history/History.tsx'), 'renderer/features/history'],
  ['renderer/features/examine/Examine.tsx', type('../history/store.ts'), 'renderer/features/history'],
  ['renderer/features/examine/store.ts', value('../../../shared/contract/records.ts'), 'only its types'],
  ['renderer/features/examine/store.ts', value('../../app/App.tsx'), 'renderer/app'],
  ['renderer/features/examine/store.ts', value('tesseract.js'), "the package 'tesseract.js'"],
  ['renderer/lib/bridge.ts', value('../../electron/dispatcher.ts'), 'electron/app'],
  ['renderer/lib/bridge.ts', type('../../electron/shell.ts'), 'electron/shell'],
  ['renderer/lib/images.ts', value('node:buffer'), "'node:buffer'"],
  ['renderer/lib/images.ts', value('../features/examine/store.ts'), 'renderer/features/examine'],
  ['renderer/ui/Button.tsx', value('../app/App.tsx'), 'renderer/app'],
  ['renderer/app/App.tsx', value('../../hub/main.ts'), 'hub'],
  ['renderer/app/App.tsx', value('electron'), "the package 'electron'"],
  ['renderer/app/App.tsx', value('../../test/renderer/fake-bridge.ts'), 'test'],
  ['shared/contract/images.ts', value('zod'), "the package 'zod'"],
  ['shared/contract/bridge.ts', value('./records.ts'), "shared/contract ('./records.ts')"],
  // the shells
  ['electron/main.ts', value('./db/open.ts'), 'electron/db'],
  ['electron/main.ts', value('./services/examination.ts'), 'electron/services'],
  ['electron/main.ts', value('./app.ts'), 'electron/app'],
  ['electron/window.ts', value('./sync/pusher.ts'), 'electron/sync'],
  ['electron/preload.ts', value('better-sqlite3'), "the package 'better-sqlite3'"],
  ['electron/host/main.ts', value('electron'), "the package 'electron'"],
  ['electron/host/server.ts', value('../db/open.ts'), 'electron/db'],
  ['electron/host/server.ts', value('../images/decode.ts'), 'electron/images'],
  ['electron/host/server.ts', value('fastify'), "the package 'fastify'"],
  // the station
  ['electron/app.ts', value('electron'), "the package 'electron'"],
  ['electron/services/examination.ts', value('../app.ts'), 'electron/app'],
  ['electron/services/examination.ts', value('better-sqlite3'), "the package 'better-sqlite3'"],
  ['electron/services/examination.ts', value('sharp'), "the package 'sharp'"],
  ['electron/db/open.ts', value('../services/audit.ts'), 'electron/services'],
  ['electron/db/open.ts', value('../../renderer/lib/time.ts'), 'renderer/lib'],
  ['electron/sync/pusher.ts', value('../services/audit.ts'), 'electron/services'],
  ['electron/images/decode.ts', value('tesseract.js'), "the package 'tesseract.js'"],
  ['electron/images/decode.ts', value('../db/open.ts'), 'electron/db'],
  ['electron/cli/main.ts', value('electron'), "the package 'electron'"],
  ['electron/cli/main.ts', value('../db/open.ts'), 'electron/db'],
  ['electron/cli/main.ts', value('../../renderer/lib/time.ts'), 'renderer/lib'],
  ['electron/cli/main.ts', value('../../scripts/house.ts'), 'scripts'],
  // the hub, and what has no room
  ['hub/main.ts', value('../electron/settings.ts'), 'electron/settings'],
  ['hub/main.ts', type('../renderer/lib/time.ts'), 'renderer/lib'],
  ['shared/helpers.ts', value('./mrz/parse.ts'), 'belongs to no room'],
  ['shared/mrz/parse.ts', value('../helpers.ts'), 'belongs to no room'],
];
