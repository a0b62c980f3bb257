import { SettingsError } from './config.ts';

/** Exit code of a process whose settings are wrong (EX_CONFIG of sysexits.h): starting it again changes nothing. */
export const WRONG_SETTINGS = 78;

/** Runs a process of the system. One that cannot start says why in a sentence and ends with 78 for its settings, else 1. */
export async function startProcess(name: string, main: () => Promise<void>): Promise<void> {
  try {
    await main();
  } catch (error) {
    console.error(`${name} could not start: ${error instanceof Error ? error.message : String(error)}`);
    process.exit(error instanceof SettingsError ? WRONG_SETTINGS : 1);
  }
}
