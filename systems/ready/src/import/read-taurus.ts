import { z } from 'zod'
import { durationSeconds, RequestCollector } from './imported.ts'
import type { Imported, ScenarioInput } from './imported.ts'

const request = z.union([
  z.string(),
  z.object({
    url: z.string(),
    label: z.coerce.string().optional(),
    method: z.string().optional(),
    headers: z.record(z.string(), z.coerce.string()).nullish(),
    body: z.unknown().optional(),
    'think-time': z.union([z.string(), z.number()]).optional(),
    'extract-jsonpath': z.record(z.string(), z.unknown()).nullish(),
  }),
])

const scenario = z.object({
  'default-address': z.string().nullish(),
  headers: z.record(z.string(), z.coerce.string()).nullish(),
  'think-time': z.union([z.string(), z.number()]).optional(),
  requests: z.array(z.unknown()).nullish(),
  script: z.string().nullish(),
})

const execution = z.object({
  concurrency: z.unknown().optional(),
  throughput: z.unknown().optional(),
  'ramp-up': z.unknown().optional(),
  'hold-for': z.unknown().optional(),
  scenario: z.union([z.string(), scenario]).optional(),
})

/** Taurus: requests of the scenarios that are executed, users or a rate over ramp-up and hold; scripts of other tools are listed. */
export function readTaurus(file: unknown): Imported | null {
  const parsed = z
    .object({
      execution: z.union([z.array(z.unknown()), z.unknown()]),
      scenarios: z.record(z.string(), z.unknown()).nullish(),
    })
    .safeParse(file)
  if (!parsed.success || parsed.data.execution === undefined || parsed.data.execution === null) return null
  const collect = new RequestCollector()
  const load: NonNullable<ScenarioInput['load']> = []
  for (const [at, raw] of [parsed.data.execution].flat().entries()) {
    const where = `execution[${at}]`
    const one = execution.safeParse(raw)
    if (!one.success) {
      collect.leave(where, 'It is no execution.')
      continue
    }
    load.push(...loadOf(one.data))
    const named = one.data.scenario
    const found = scenario.safeParse(typeof named === 'string' ? parsed.data.scenarios?.[named] : named)
    if (found.success)
      readScenario(found.data, typeof named === 'string' ? `scenarios.${named}` : where, collect)
    else collect.leave(where, `Its scenario ${typeof named === 'string' ? named : ''} is not in the file.`)
  }
  return collect.finish('Taurus', 'Taurus', load.length === 0 ? undefined : load.slice(0, 100))
}

function loadOf(one: z.output<typeof execution>): NonNullable<ScenarioInput['load']> {
  const rampSeconds = durationSeconds(one['ramp-up'] ?? 0) ?? 0
  const holdSeconds = durationSeconds(one['hold-for'] ?? 0) ?? 0
  const rate = Number(one.throughput ?? 0)
  if (rate > 0)
    return [
      ...(rampSeconds > 0
        ? [{ kind: 'ramp' as const, fromPerSecond: 0, toPerSecond: rate, seconds: rampSeconds }]
        : []),
      ...(holdSeconds > 0 || rampSeconds === 0
        ? [{ kind: 'constant' as const, ratePerSecond: rate, seconds: holdSeconds || 30 }]
        : []),
    ]
  const users = Math.min(10_000, Math.max(1, Math.round(Number(one.concurrency ?? 1)) || 1))
  return [{ kind: 'users', users, seconds: Math.min(3600, rampSeconds + holdSeconds || 30) }]
}

function readScenario(one: z.output<typeof scenario>, where: string, collect: RequestCollector): void {
  if (one.script)
    collect.leave(`${where}.script`, `${one.script} is a script of another tool; import that file by itself.`)
  const address = (one['default-address'] ?? '').replace(/\/$/, '')
  for (const [at, raw] of (one.requests ?? []).entries()) {
    const place = `${where}.requests[${at}]`
    const found = request.safeParse(raw)
    if (!found.success) {
      collect.leave(place, 'It has no url.')
      continue
    }
    const given = typeof found.data === 'string' ? { url: found.data } : found.data
    const url = variables(given.url)
    const headers = Object.entries({ ...one.headers, ...given.headers })
    const body = given.body
    const isForm = typeof body === 'object' && body !== null
    const isJson = headers.some(([name, value]) => /^content-type$/i.test(name) && /json/i.test(value))
    collect.add({
      where: place,
      name: given.label,
      method: given.method ?? 'GET',
      url: /^https?:|^\{\{/.test(url) ? url : `${address}${url.startsWith('/') ? '' : '/'}${url}`,
      headers: [
        ...headers.map(([name, value]) => [name, variables(value)] as const),
        ...(isForm && !isJson ? [['Content-Type', 'application/x-www-form-urlencoded'] as const] : []),
      ],
      body: variables(
        isForm
          ? isJson
            ? JSON.stringify(body)
            : new URLSearchParams(Object.entries(body).map(([key, value]) => [key, String(value)])).toString()
          : typeof body === 'string'
            ? body
            : '',
      ),
    })
    collect.pause(1000 * (durationSeconds(given['think-time'] ?? one['think-time'] ?? 0) ?? 0))
    for (const [name, raw] of Object.entries(given['extract-jsonpath'] ?? {})) {
      const path = typeof raw === 'string' ? raw : (raw as { jsonpath?: string } | null)?.jsonpath
      collect.extract(place, name, path ?? '')
    }
  }
}

/** JMeter's `${name}`, which Taurus uses too. */
const variables = (text: string) =>
  text.replaceAll(
    /\$\{([^}]*)\}/g,
    (_, inner: string) => `{{${inner.replaceAll(/\W+/g, '_').replaceAll(/^_+|_+$/g, '') || 'value'}}}`,
  )
