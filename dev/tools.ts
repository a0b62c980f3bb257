import { spawn } from 'node:child_process';
import { rootDir } from './paths.ts';

/** How a command ended. */
export interface Outcome {
  readonly code: number;
  readonly output: string;
}

/** Runs one of the project's tools in the clone and collects what it prints. */
export function runTool(command: string, args: readonly string[]): Promise<Outcome> {
  const child = spawn(command, args, {
    cwd: rootDir,
    env: { ...process.env, FORCE_COLOR: process.stdout.isTTY ? '1' : '0' },
  });
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => {
    output += chunk.toString();
  });
  child.stderr.on('data', (chunk: Buffer) => {
    output += chunk.toString();
  });
  return new Promise((resolve) => {
    child.once('error', (error) => resolve({ code: 1, output: error.message }));
    child.once('close', (code) => resolve({ code: code ?? 1, output }));
  });
}
