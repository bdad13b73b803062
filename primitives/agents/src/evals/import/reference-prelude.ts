/**
 * JavaScript that gives QuickJS the names of n8n's expressions, written from n8n's documentation (Expressions, Data transformation
 * functions, Luxon): what expressions are held against. It shares nothing with the translation.
 */
export const referencePrelude = String.raw`
let NOW = 0
class Time {
  constructor(ms) { this.ms = ms }
  get #d() { return new Date(this.ms) }
  get year() { return this.#d.getUTCFullYear() } get month() { return this.#d.getUTCMonth() + 1 } get day() { return this.#d.getUTCDate() }
  get hour() { return this.#d.getUTCHours() } get minute() { return this.#d.getUTCMinutes() } get second() { return this.#d.getUTCSeconds() }
  toISO() { return this.#d.toISOString() } toISOString() { return this.toISO() } toString() { return this.toISO() } toJSON() { return this.toISO() }
  toISODate() { return this.toISO().slice(0, 10) } toMillis() { return this.ms } valueOf() { return this.ms } toSeconds() { return this.ms / 1000 }
  toUTC() { return this } toDateTime() { return this } toJSDate() { return this.#d } setZone() { throw new Error('zones') }
  format(f) { return this.toFormat(f) }
  toFormat(f) {
    const p = (n, w) => String(n).padStart(w, '0'), d = this.#d
    const known = { yyyy: p(this.year, 4), yy: p(this.year % 100, 2), MM: p(this.month, 2), M: this.month, LL: p(this.month, 2), L: this.month, dd: p(this.day, 2), d: this.day,
      HH: p(this.hour, 2), H: this.hour, mm: p(this.minute, 2), m: this.minute, ss: p(this.second, 2), s: this.second, SSS: p(d.getUTCMilliseconds(), 3) }
    return f.replace(/'([^']*)'|([a-zA-Z])\2*/g, (all, quoted) => { if (quoted !== undefined) return quoted; if (!(all in known)) throw new Error('format ' + all); return known[all] })
  }
  plus(n, unit) { return this.#move(1, n, unit) }
  minus(n, unit) { return this.#move(-1, n, unit) }
  #move(sign, n, unit) {
    const d = this.#d, by = typeof n === 'object' ? n : { [unit ?? 'milliseconds']: n }
    for (const [name, amount] of Object.entries(by)) {
      const a = sign * amount, u = name.replace(/s$/, '')
      if (u === 'year') d.setUTCFullYear(d.getUTCFullYear() + a); else if (u === 'month') d.setUTCMonth(d.getUTCMonth() + a)
      else { const ms = { millisecond: 1, second: 1e3, minute: 6e4, hour: 36e5, day: 864e5, week: 6048e5 }[u]; if (!ms) throw new Error('unit ' + name); d.setTime(d.getTime() + a * ms) }
    }
    return new Time(d.getTime())
  }
  startOf(u) { const s = this.toISO(), cut = { year: s.slice(0, 4) + '-01-01', month: s.slice(0, 7) + '-01', day: s.slice(0, 10) }[u]
    if (u === 'hour') return new Time(Date.parse(s.slice(0, 13) + ':00:00Z')); if (!cut) throw new Error('start of ' + u); return new Time(Date.parse(cut)) }
}
const DateTime = { now: () => new Time(NOW), utc: () => new Time(NOW), local: () => new Time(NOW), fromISO: (t) => { const ms = Date.parse(t); if (Number.isNaN(ms)) throw new Error('date'); return new Time(ms) },
  fromMillis: (ms) => new Time(ms), fromSeconds: (s) => new Time(s * 1000) }
const RealDate = Date
globalThis.Date = class extends RealDate { constructor(...a) { super(...(a.length ? a : [NOW])) } static now() { return NOW } }
const ext = (proto, methods) => { for (const [name, of] of Object.entries(methods)) if (!(name in proto)) Object.defineProperty(proto, name, { value: of, enumerable: false, configurable: true }) }
const b64 = (s) => { const c = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/', bytes = unescape(encodeURIComponent(s)); let o = ''
  for (let i = 0; i < bytes.length; i += 3) { const n = (bytes.charCodeAt(i) << 16) | ((bytes.charCodeAt(i + 1) || 0) << 8) | (bytes.charCodeAt(i + 2) || 0)
    o += c[n >> 18] + c[(n >> 12) & 63] + (i + 1 < bytes.length ? c[(n >> 6) & 63] : '=') + (i + 2 < bytes.length ? c[n & 63] : '=') } return o }
ext(String.prototype, { isEmpty() { return this.length === 0 }, isNotEmpty() { return this.length > 0 }, toNumber() { const n = Number(this); if (Number.isNaN(n)) throw new Error('number'); return n }, toFloat() { return parseFloat(this) },
  toInt() { return parseInt(this, 10) }, toJsonString() { return JSON.stringify(String(this)) }, parseJson() { return JSON.parse(this) }, urlEncode() { return encodeURIComponent(this) },
  base64Encode() { return b64(String(this)) }, toDateTime() { return DateTime.fromISO(String(this)) }, toDate() { return new Date(this) }, toBoolean() { return !['false', 'no', '0', ''].includes(this.toLowerCase()) },
  contains(x) { return this.includes(x) } })
ext(Number.prototype, { round() { return Math.round(this) }, floor() { return Math.floor(this) }, ceil() { return Math.ceil(this) }, abs() { return Math.abs(this) }, toInt() { return Math.trunc(this) }, toNumber() { return Number(this) },
  isEmpty() { return false }, toDateTime() { return new Time(Number(this)) }, toJsonString() { return String(this) } })
ext(Boolean.prototype, { isEmpty() { return false }, toNumber() { return Number(this) }, toJsonString() { return String(this) } })
ext(Array.prototype, { isEmpty() { return this.length === 0 }, isNotEmpty() { return this.length > 0 }, first() { return this[0] }, last() { return this[this.length - 1] }, toJsonString() { return JSON.stringify(this) },
  pluck(...k) { return this.map((x) => k.length === 1 ? x[k[0]] : Object.fromEntries(k.map((y) => [y, x[y]]))) }, compact() { return this.filter((x) => x !== null && x !== undefined && x !== '') } })
ext(Object.prototype, { isEmpty() { return Object.keys(this).length === 0 }, isNotEmpty() { return Object.keys(this).length > 0 }, keys() { return Object.keys(this) }, values() { return Object.values(this) },
  hasField(k) { return k in this }, toJsonString() { return JSON.stringify(this) } })
ext(RealDate.prototype, { format(f, zone) { if (zone) throw new Error('zones'); return new Time(this.getTime()).toFormat(f) }, plus(n, u) { return new Time(this.getTime()).plus(n, u) }, minus(n, u) { return new Time(this.getTime()).minus(n, u) } })
const wrapped = (json, params) => { const one = { json }; return { params, parameter: params, all: () => [one], first: () => one, last: () => one, item: one, itemMatching: () => one, json, data: json, isExecuted: true } }
globalThis.evaluate = (source, sample) => {
  NOW = sample.nowMs
  const outputs = sample.outputs
  const $ = (name) => { if (!(name in outputs)) throw new Error('no node ' + name); return wrapped(outputs[name], sample.parameters[name]) }
  const $json = sample.json
  const names = { $, $json, $input: wrapped($json), items: [{ json: $json }], $node: new Proxy({}, { get: (_t, name) => $(name) }), $items: (name) => name === undefined ? [{ json: $json }] : $(name).all(),
    $now: new Time(NOW), $today: new Time(NOW).startOf('day'), $itemIndex: 0, $runIndex: 0, $workflow: sample.workflow, $execution: { id: sample.runId }, DateTime }
  names.$env = names.$vars = sample.settings
  names.$if = (when, then, otherwise) => when ? then : otherwise
  names.$ifEmpty = (value, otherwise) => value === null || value === undefined || value === '' || (typeof value === 'object' && Object.keys(value).length === 0) ? otherwise : value
  names.$item = () => ({ $node: names.$node })
  const value = new Function(...Object.keys(names), '"use strict"; return (' + source + '\n)')(...Object.values(names))
  return value === null ? 'null' : JSON.stringify([value])
}
`
