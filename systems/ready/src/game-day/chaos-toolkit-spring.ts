import { z } from 'zod'
import type { FoundAction, FoundFault } from './chaos-toolkit-actions.ts'

const isOn = z.coerce.boolean().catch(false)
const ms = z.coerce.number().min(0).catch(0)

/** https://codecentric.github.io/chaos-monkey-spring-boot/latest/#assaults; what it leaves out is off. */
const assaultsSchema = z.looseObject({
  /** One request in so many is hit. */
  level: z.coerce.number().min(1).catch(1),
  latencyActive: isOn,
  latencyRangeStart: ms,
  latencyRangeEnd: ms,
  exceptionsActive: isOn,
  killApplicationActive: isOn,
  restartApplicationActive: isOn,
  memoryActive: isOn,
  cpuActive: isOn,
})

const nameOf = (base: string) => (URL.canParse(base) ? new URL(base).host : base.slice(0, 100))

/** What a Chaos Monkey for Spring Boot is told to do to its service, seen by who calls that: late answers, errors, or none any more. */
function assaultsOn(base: string, given: unknown): FoundAction[] | null {
  const { level, ...assaults } = assaultsSchema.catch(assaultsSchema.parse({})).parse(given)
  const on = nameOf(base)
  const hit = level > 1 ? { share: 1 / level } : {}
  const [least, most] = [assaults.latencyRangeStart, assaults.latencyRangeEnd].map((one) =>
    Math.min(60_000, one),
  ) as [number, number]
  const port = URL.canParse(base) ? Number(new URL(base).port || 80) : 0
  const isHere = /^(?:localhost|127\.0\.0\.1):/.test(on)
  const fault = (what: FoundFault['fault'], more: Partial<FoundFault> = {}): FoundFault => ({
    kind: 'fault',
    on,
    fault: what,
    id: on,
    ...more,
  })
  const at = isHere ? { at: { host: '127.0.0.1', port } } : {}
  const found: FoundAction[] = []
  if (assaults.latencyActive && Math.max(least, most) > 0) {
    const [low, high] = [Math.min(least, most), Math.max(least, most)]
    found.push(fault({ kind: 'latency', ms: (low + high) / 2, jitterMs: (high - low) / 2, ...hit }, at))
  }
  if (assaults.exceptionsActive) found.push(fault({ kind: 'errors', status: 500, ...hit }, at))
  if (assaults.killApplicationActive || assaults.restartApplicationActive)
    found.push(fault({ kind: 'kill' }, { on: `${on} process`, id: null }))
  if (found.length > 0) return found
  // By how much it fills memory or processors hangs on what its machine has.
  return assaults.memoryActive || assaults.cpuActive ? null : [{ kind: 'end', on, id: on }]
}

const argumentsSchema = z.looseObject({
  base_url: z.string(),
  assaults_configuration: z.unknown().optional(),
})

/** An action of chaostoolkit-spring (`chaosspring`) that configures assaults or switches them off; null for any other. */
export function springAction(module: string, func: string, given: unknown): FoundAction[] | null {
  const parsed = argumentsSchema.safeParse(given)
  if (!/^chaosspring\b/.test(module) || !parsed.success) return null
  const { base_url: base, assaults_configuration: assaults } = parsed.data
  if (func === 'disable_chaosmonkey') return [{ kind: 'end', on: nameOf(base), id: nameOf(base) }]
  return func === 'change_assaults_configuration' ? assaultsOn(base, assaults) : null
}

/** The same by a request to the actuator. */
export function springRequest(url: string, method: string, body: unknown): FoundAction[] | null {
  const [, base, what] = /^(.*)\/chaosmonkey\/(assaults|disable)\/?$/.exec(url) ?? []
  if (base === undefined || method !== 'POST') return null
  return what === 'assaults' ? assaultsOn(base, body) : [{ kind: 'end', on: nameOf(base), id: nameOf(base) }]
}
