// Where the file of a thread lies: beside whoever starts it, as source under Node and as a bundle under Electron.

/** `own` is the `import.meta.url` of whoever asks: a bundler may put this function elsewhere. */
export function workerBeside(own: string, name: string): URL {
  return new URL(`./${name}.${own.endsWith('.ts') ? 'ts' : 'js'}`, own);
}
