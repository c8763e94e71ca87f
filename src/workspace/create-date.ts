import type { CreateDate } from '../engine/render/create-date';
import { message } from '../engine/text/problem';
import type { Message } from '../engine/text/problem';

/**
 * A moment as Alembic would write it: on the clock of `timezone` with its offset, or on this machine's clock without
 * one. A zone that nobody knows is a reason, as it is for Alembic.
 */
export function createDateAt(moment: Date, timezone: string | null): CreateDate | { readonly reason: Message } {
  if (timezone === null) return onClock(moment, -moment.getTimezoneOffset(), null, null);
  // Alembic tries the name as written and in capitals (`utc`).
  for (const zone of [timezone, timezone.toUpperCase()]) {
    const offset = offsetOf(moment, zone);
    if (offset !== null) return onClock(moment, offset, offset, zoneName(moment, zone));
  }
  return { reason: message('There is no time zone `{timezone}`; correct `timezone` in the configuration.', { timezone }) };
}

function onClock(moment: Date, shift: number, utcOffset: number | null, zone: string | null): CreateDate {
  const local = new Date(moment.getTime() + shift * 60_000);
  return {
    year: local.getUTCFullYear(),
    month: local.getUTCMonth() + 1,
    day: local.getUTCDate(),
    hour: local.getUTCHours(),
    minute: local.getUTCMinutes(),
    second: local.getUTCSeconds(),
    microsecond: local.getUTCMilliseconds() * 1000,
    utcOffset,
    zone,
    epoch: Math.trunc(moment.getTime() / 1000),
  };
}

/** Minutes east of UTC; null for a name that Intl does not know. */
function offsetOf(moment: Date, zone: string): number | null {
  const parts = partsOf(moment, zone, 'longOffset');
  if (parts === null) return null;
  const [, sign, hours, minutes] = /^GMT(?:([+-])(\d\d):(\d\d))?/.exec(parts) ?? [];
  if (sign === undefined) return 0;
  return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes));
}

function zoneName(moment: Date, zone: string): string | null {
  const name = partsOf(moment, zone, 'short');
  return name !== null && /^[A-Z]{3,5}$/.test(name) ? name : null;
}

function partsOf(moment: Date, zone: string, style: 'longOffset' | 'short'): string | null {
  try {
    const format = new Intl.DateTimeFormat('en-US', { timeZone: zone, timeZoneName: style });
    return format.formatToParts(moment).find((part) => part.type === 'timeZoneName')?.value ?? null;
  } catch {
    return null;
  }
}
