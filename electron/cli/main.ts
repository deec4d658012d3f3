// Entry of the command line: hands the process's own streams to the program and takes its exit code.
import { run } from './program.ts';

process.exitCode = await run(process.argv.slice(2), {
  stdin: process.stdin,
  stdout: process.stdout,
  stderr: process.stderr,
  onInterrupt(act) {
    process.once('SIGINT', act);
    return () => process.off('SIGINT', act);
  },
});
