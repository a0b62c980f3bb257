export interface LockHolder {
  readonly pid: number;
  readonly identity: string;
}
export function processIdentity(pid: number): string | undefined;
export function lockHolder(path: string): LockHolder | undefined;
export function tryLock(path: string): (() => void) | undefined;
export function waitForLock(path: string, onWait: (pid: number | undefined) => void): Promise<() => void>;
