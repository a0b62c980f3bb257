import { existsSync } from 'node:fs';
import { SetupError } from '../bin/setup/packages.mjs';
import { ensurePrograms, which } from './debian.ts';

const commands = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
const macPaths = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];
const tools = ['pdftotext', 'qpdf'];

/** The path of a Chromium or Chrome on this machine. CHROMIUM_PATH decides when it is set. */
export function findChromium(env: NodeJS.ProcessEnv = process.env): string | undefined {
  const { CHROMIUM_PATH: given } = env;
  if (given) {
    if (!existsSync(given)) throw new SetupError(`CHROMIUM_PATH is ${given}, but there is no such file.`);
    return given;
  }
  return (
    commands.map((command) => which(command, env)).find((path) => path !== undefined) ??
    macPaths.find((path) => existsSync(path))
  );
}

/**
 * The browser for the tests, with the tools that read PDFs; installs what is missing where that can be done without
 * asking (as root on Debian and its relatives). Throws a SetupError that names what to install elsewhere.
 */
export function ensureChromium(): Promise<string> {
  return ensurePrograms({
    name: 'Chromium',
    need: `the browser tests need Chromium (or CHROMIUM_PATH), ${tools.join(' and ')}`,
    packages: ['chromium', 'fonts-noto-cjk', 'poppler-utils', 'qpdf'],
    ready: () => (tools.every((tool) => which(tool)) ? findChromium() : undefined),
  });
}

/** Arguments for a headless Chromium that talks to nobody but the pages that it is given. */
export const CHROMIUM_ARGUMENTS: readonly string[] = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];
