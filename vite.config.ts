// Builds the window (renderer/index.html) into build/window, with the files of the reader and of pdf.js beside it.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createLogger, defineConfig, type Logger, type Plugin } from 'vite';

const here = import.meta.dirname;

/** The reader's model, served unhashed from our own origin; the command line reads the same file. */
const READER_FILES = { 'ocr/mrz.traineddata': 'assets/ocr/mrz.traineddata' };

/**
 * What pdf.js loads by address while it draws a page, unhashed under /pdf/: tables of characters, the
 * standard fonts that we may pass on, and the decoders as plain JavaScript, since the window's policy allows it no WebAssembly.
 */
function pdfFiles(): Record<string, string> {
  const from = 'node_modules/pdfjs-dist';
  const parts = [
    ['cmaps', /\.bcmap$/],
    ['standard_fonts', /\.pfb$/],
    ['wasm', /_nowasm_fallback\.js$/],
  ] as const;
  const files = parts.flatMap(([folder, wanted]) =>
    readdirSync(join(here, from, folder))
      .filter((name) => wanted.test(name))
      .map((name) => [`pdf/${folder}/${name}`, `${from}/${folder}/${name}`]),
  );
  return Object.fromEntries(files);
}

function filesByAddress(): Plugin {
  return {
    name: 'files-by-address',
    generateBundle() {
      for (const [fileName, source] of Object.entries({ ...READER_FILES, ...pdfFiles() })) {
        this.emitFile({ type: 'asset', fileName, source: readFileSync(join(here, source)) });
      }
    },
  };
}

/**
 * React Aria adds a style element for its buttons unless an element of this id exists. The window's policy
 * allows no inline style, so the id is given to an empty element and the rule stands in our own style sheet.
 */
function noInjectedStyle(): Plugin {
  return {
    name: 'no-injected-style',
    transformIndexHtml: () => [
      { tag: 'meta', attrs: { id: 'react-aria-pressable-style', name: 'own-style' }, injectTo: 'head' },
    ],
  };
}

/**
 * Tells what vite warns of, but for one thing: a class that `composes` one of another style sheet becomes a declaration
 * that stands in no file, and vite asks where it comes from. There is no address in it that could be resolved wrongly.
 */
function quietOfComposes(): Logger {
  const logger = createLogger('warn');
  const { warnOnce } = logger;
  logger.warnOnce = (message, options) => {
    if (!message.includes('did not pass the `from` option')) warnOnce(message, options);
  };
  return logger;
}

export default defineConfig({
  root: join(here, 'renderer'),
  customLogger: quietOfComposes(),
  base: '/',
  publicDir: false,
  cacheDir: join(here, 'node_modules/.vite'),
  plugins: [filesByAddress(), noInjectedStyle()],
  worker: { format: 'es' },
  build: {
    outDir: join(here, 'build/window'),
    emptyOutDir: true,
    target: 'es2024',
    // The policy allows no data: address, so nothing is inlined.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    chunkSizeWarningLimit: 2000,
    rolldownOptions: {
      // How long each step took is nothing for whoever starts the program on a slow machine.
      checks: { bundlerTimings: false },
      // Marks for servers that render React; a window has none.
      onLog(level, log, report) {
        if (log.code !== 'MODULE_LEVEL_DIRECTIVE') report(level, log);
      },
    },
  },
});
