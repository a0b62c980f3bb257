import { meterEvents } from '../../db/queries/telephony/meter.ts';
import { repeat } from '../../db/repeat.ts';
import { type ListingPorts, listNext } from './listing.ts';
import { LiveWatch } from './live-watch.ts';

const LIST_EVERY_MS = 5_000;
const WATCH_EVERY_MS = 2_000;
const METER_EVERY_MS = 2_000;
const PAGE = 500;

/** Watches what the provider told, as it comes. */
export function keepWatching(
  { db, hash }: Pick<ListingPorts, 'db' | 'hash'>,
  onError: (error: unknown) => void,
): Job {
  const live = new LiveWatch(db, hash);
  return repeat({
    everyMs: WATCH_EVERY_MS,
    work: async () => {
      await live.watchNext(new Date());
    },
    onError,
  });
}

type Job = ReturnType<typeof repeat>;

/** Lists what webhooks missed, one subaccount after the other, for as long as one is due. */
export function keepListing(ports: ListingPorts, onError: (error: unknown) => void): Job {
  return repeat({
    everyMs: LIST_EVERY_MS,
    work: async () => {
      while (await listNext(ports, new Date()));
    },
    onError,
  });
}

/** Hands what the provider told to the billing of usage. */
export function keepMetering({ db }: Pick<ListingPorts, 'db'>, onError: (error: unknown) => void): Job {
  return repeat({
    everyMs: METER_EVERY_MS,
    work: async () => {
      while ((await meterEvents(db, { now: new Date(), limit: PAGE })) === PAGE);
    },
    onError,
  });
}
