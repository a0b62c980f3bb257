export function isSupportedNode(version: string): boolean;
export function runTypeScript(options: {
  readonly root: string;
  readonly file: string;
  readonly args: readonly string[];
}): Promise<number>;
export function exitWith(main: () => Promise<number>): Promise<void>;
