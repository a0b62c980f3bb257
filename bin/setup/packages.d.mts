export class SetupError extends Error {}
export function wantedStamp(root: string): string;
export function packagesAreCurrent(root: string): boolean;
export function ensurePackages(root: string): Promise<void>;
export function pathWithPackages(root: string): string;
