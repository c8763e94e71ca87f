/** The moment a revision is made, on the clock of the project's time zone. The engine has no clock: callers pass it in. */
export interface CreateDate {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  readonly microsecond: number;
  /** Minutes east of UTC when the project sets `timezone`; null: local time without an offset, as Python's `datetime.now()`. */
  readonly utcOffset: number | null;
  /** The zone's abbreviation where it is known (`UTC`, `CET`), for `%Z`. */
  readonly zone: string | null;
  /** Whole seconds since 1970. */
  readonly epoch: number;
}

/** `str(datetime)`: `2026-01-02 03:04:05.000678+01:00`. `isoformat()` has a `T` between. */
export function formatDate(date: CreateDate, separator = ' '): string {
  const fraction = date.microsecond === 0 ? '' : `.${digits(date.microsecond, 6)}`;
  const offset = date.utcOffset === null ? '' : formatOffset(date.utcOffset, ':');
  return `${formatDay(date)}${separator}${digits(date.hour)}:${digits(date.minute)}:${digits(date.second)}${fraction}${offset}`;
}

export function formatDay(date: CreateDate): string {
  return `${digits(date.year, 4)}-${digits(date.month)}-${digits(date.day)}`;
}

/** `date.strftime(format)` in the C locale (Python library reference, "strftime() and strptime() Format Codes"); null for a code that depends on the system. */
export function strftime(date: CreateDate, format: string): string | null {
  let known = true;
  const text = format.replace(/%(-?)(.)/gs, (_whole, bare: string, code: string) => {
    const value = codes[code]?.(date);
    if (value === undefined || (bare !== '' && !/^\d+$/.test(value))) {
      known = false;
      return '';
    }
    return bare === '' ? value : String(Number(value));
  });
  return known ? text : null;
}

const weekdays = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];
const months = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December'];

const codes: Readonly<Record<string, (date: CreateDate) => string>> = {
  '%': () => '%',
  Y: (date) => String(date.year),
  y: (date) => digits(date.year % 100),
  m: (date) => digits(date.month),
  d: (date) => digits(date.day),
  H: (date) => digits(date.hour),
  I: (date) => digits(date.hour % 12 || 12),
  M: (date) => digits(date.minute),
  S: (date) => digits(date.second),
  f: (date) => digits(date.microsecond, 6),
  p: (date) => (date.hour < 12 ? 'AM' : 'PM'),
  z: (date) => (date.utcOffset === null ? '' : formatOffset(date.utcOffset, '')),
  Z: (date) => date.zone ?? '',
  j: (date) => digits(dayOfYear(date), 3),
  A: (date) => weekdays[weekday(date)] ?? '',
  a: (date) => (weekdays[weekday(date)] ?? '').slice(0, 3),
  B: (date) => months[date.month - 1] ?? '',
  b: (date) => (months[date.month - 1] ?? '').slice(0, 3),
  F: (date) => formatDay(date),
  T: (date) => `${digits(date.hour)}:${digits(date.minute)}:${digits(date.second)}`,
};

function formatOffset(minutes: number, between: string): string {
  const size = Math.abs(minutes);
  return `${minutes < 0 ? '-' : '+'}${digits(Math.floor(size / 60))}${between}${digits(size % 60)}`;
}

function weekday(date: CreateDate): number {
  return new Date(Date.UTC(date.year, date.month - 1, date.day)).getUTCDay();
}

function dayOfYear(date: CreateDate): number {
  return (Date.UTC(date.year, date.month - 1, date.day) - Date.UTC(date.year, 0, 1)) / 86_400_000 + 1;
}

function digits(value: number, width = 2): string {
  return String(value).padStart(width, '0');
}
