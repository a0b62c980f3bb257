type Json = Record<string, unknown>;

/** One day's usage of a category, as a test sets it. `price` in US dollars. */
export interface DayUsage {
  category: 'calls' | 'calls-inbound' | 'calls-outbound' | 'sms' | 'sms-outbound';
  on: string;
  count: string;
  usage: string;
  price: number;
}

/** What a subaccount used, by days or months and categories; `nothing` gives every property of a schema, as null. */
export function usageBodies(
  nothing: (schema: string) => Json,
  { sid, usage }: { sid: string; usage: readonly DayUsage[] },
  query: Json,
  per: 'day' | 'month',
): Json[] {
  const from = String(query.StartDate ?? '0000');
  const to = String(query.EndDate ?? '9999');
  const within = usage.filter(
    ({ on, category }) => on >= from && on <= to && (query.Category ?? category) === category,
  );
  const groups = new Map<string, DayUsage[]>();
  for (const row of within) {
    const key = `${per === 'day' ? row.on : row.on.slice(0, 7)} ${row.category}`;
    groups.set(key, [...(groups.get(key) ?? []), row]);
  }
  return [...groups.values()].map((rows) => {
    const sum = (value: (row: DayUsage) => number) =>
      Number(rows.reduce((total, row) => total + value(row), 0).toFixed(9));
    const dates = rows.map(({ on }) => on).toSorted();
    return {
      ...nothing(`api.v2010.account.usage.usage_record.usage_record_${per === 'day' ? 'daily' : 'monthly'}`),
      account_sid: sid,
      category: rows[0]?.category,
      start_date: dates[0],
      end_date: dates.at(-1),
      count: String(sum(({ count }) => Number(count))),
      count_unit: rows[0]?.category.startsWith('sms') ? 'messages' : 'calls',
      usage: String(sum(({ usage: amount }) => Number(amount))),
      usage_unit: rows[0]?.category.startsWith('sms') ? 'messages' : 'minutes',
      price: sum(({ price }) => price),
      price_unit: 'usd',
    };
  });
}
