/**
 * Every process runs in UTC, whatever zone its machine is in: business dates come from domain/calendar, and nothing may depend
 * on the host's clock zone. Imported first by each process.
 */
process.env.TZ = 'UTC';
