import type { LogEvent } from '../../src/index.ts'

export function event(n: number, fields: Partial<LogEvent> = {}): LogEvent {
  const payload = Buffer.from(`payload ${n}`)
  return {
    id: `event-${n}`,
    key: `key-${n % 3}`,
    eventTimeMs: 1_000_000 + n,
    schemaVersion: 1,
    payload,
    ...fields,
  }
}

export function events(from: number, to: number): LogEvent[] {
  return Array.from({ length: to - from + 1 }, (_, i) => event(from + i))
}
