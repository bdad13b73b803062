import { z } from 'zod'
import type { FoundAction, FoundFault } from './chaos-toolkit-actions.ts'
import { nameIn, secondsIn } from './chaos-toolkit-commands.ts'

const recordSchema = z.record(z.string(), z.unknown()).catch({})

/** What runs, in the words of clouds and clusters. */
const runs =
  /^(?:instance|task|machine|vm|pod|container|service|microservice|webapp|app|application|node|server|broker|database|db|cluster|process|deployment|replica|worker|compute)(?:e?s)?$/
const goes =
  /^(?:stop|kill|terminate|delete|remove|shutdown|reboot|restart|crash|drain|evict|fail|failure|failover|outage)$/
const faults = /^(?:latency|delay|loss|fault|chaos|contention|stress|toxic|attack|blackhole)$/
const ends = /^(?:stop|remove|delete|clear|disable|reset|revert|cancel)$/

/** What a query compares a name with, or else what it compares first. */
const quotedIn = (query: unknown) => {
  const text = typeof query === 'string' ? query : ''
  const found = /\bname\s*=[=~]?\s*["']([^"']+)["']/i.exec(text) ?? /=[=~]?\s*["']([^"']+)["']/.exec(text)
  return found?.[1]
}

/** The first text among arguments whose name speaks of a name, an identity, or what runs. */
function whom(given: Record<string, unknown>): string | undefined {
  for (const [key, value] of Object.entries(given)) {
    if (
      !key
        .split(/[_-]/)
        .some(
          (word) => /^(?:name|id|ids|filter|selector|selectors|target|host)$/.test(word) || runs.test(word),
        )
    )
      continue
    const [first] = Array.isArray(value) ? (value as unknown[]) : [value]
    const isQuery = typeof first !== 'string' || first.includes('=')
    const found = isQuery ? (quotedIn(first) ?? nameIn(first)) : first
    if (found !== undefined && found.trim() !== '') return found.trim().slice(0, 100)
  }
  return undefined
}

/**
 * An action of an extension that nothing here knows, by what its function and arguments are called: what is stopped is a process that is killed, what is late a dependency
 * that is slow. Only the user knows which those are on this machine, so nothing is played that he does not say a place of. Null where the words say neither.
 */
export function wordsAction(func: string, arguments_: unknown): FoundAction | null {
  const given = recordSchema.parse(arguments_ ?? {})
  // What comes after a preposition is not what it is done to: `remove_volume_from_instance`.
  const [done = ''] = func.toLowerCase().split(/_(?:from|in|of|to|by|with|on|for|at)_/)
  const words = done.split('_')
  const on = whom(given) ?? words.find((word) => runs.test(word) || word === 'network')
  if (on === undefined) return null
  const lasts = secondsIn(given['duration'])
  const fault = (what: FoundFault['fault'], more: Partial<FoundFault> = {}): FoundFault => ({
    kind: 'fault',
    on,
    fault: what,
    id: null,
    ...(lasts === null || lasts === 0 ? {} : { seconds: lasts }),
    ...more,
  })
  if (words[0] === 'rollback') return { kind: 'end', on, id: null }
  const isFault = words.some((word) => faults.test(word))
  if (isFault && ends.test(words[0]!)) return { kind: 'end', on, id: null }
  if (words.some((word) => /^(?:latency|delay)$/.test(word))) {
    const amount = Object.entries(given).find(([key]) => /latency|delay|(?:^|_)ms$/.test(key))
    if (amount === undefined) return null
    const [key, value] = amount
    // A bare number is one of milliseconds, as most write it, unless its name says seconds.
    const isBare = /^\d+(?:\.\d+)?$/.test(String(value))
    const seconds = secondsIn(value)
    const ms = seconds === null ? 0 : isBare && !/sec/.test(key) ? seconds : 1000 * seconds
    const jitterMs = 1000 * (secondsIn(given['jitter']) ?? 0)
    return ms > 0 ? fault({ kind: 'latency', ms: Math.min(60_000, ms), jitterMs }, { id: on }) : null
  }
  const isGone = !isFault && words.some((word) => goes.test(word))
  if (isGone && words.includes('network')) return fault({ kind: 'black-hole' })
  return isGone && words.some((word) => runs.test(word)) ? fault({ kind: 'kill' }) : null
}
