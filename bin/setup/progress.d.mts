export interface ProgressOptions {
  readonly out?: { readonly isTTY?: boolean; write(text: string): unknown };
  readonly afterMs?: number;
}
export function elapsedText(ms: number): string;
export function startProgress(label: string, options?: ProgressOptions): { end(outcome?: string): void };
export function withProgress<T>(label: string, work: () => Promise<T>, options?: ProgressOptions): Promise<T>;
