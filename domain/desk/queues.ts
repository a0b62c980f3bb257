/** Commands of staff and customers: application reviews and their short database writes. */
export const INTERACTIVE_QUEUE = 'hasso-interactive';
/** Contracts, documents and mail: what may wait while people work. */
export const BACKGROUND_QUEUE = 'hasso-background';
