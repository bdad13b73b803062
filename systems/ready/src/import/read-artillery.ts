import { z } from 'zod'
import { durationSeconds, RequestCollector } from './imported.ts'
import type { Imported, ScenarioInput } from './imported.ts'

const verbs = ['get', 'post', 'put', 'patch', 'delete', 'head', 'options'] as const

/** Artillery 1 and 2: phases become open stages, flows their requests in order; code of processors is not run. */
export function readArtillery(file: unknown): Imported | null {
  const parsed = z
    .object({
      config: z
        .object({
          target: z.string().optional(),
          phases: z.array(z.unknown()).nullish(),
          processor: z.unknown().optional(),
        })
        .passthrough(),
      scenarios: z.array(z.unknown()),
    })
    .safeParse(file)
  if (!parsed.success) return null
  const { config, scenarios } = parsed.data
  const collect = new RequestCollector()
  if (config.processor !== undefined && config.processor !== null)
    collect.leave('config.processor', 'Code is not run; give its values under variables or data.')
  const load: NonNullable<ScenarioInput['load']> = []
  for (const [at, raw] of (config.phases ?? []).entries()) {
    const phase = z
      .object({
        duration: z.preprocess((value) => durationSeconds(value) ?? value, z.number().positive()),
        arrivalRate: z.coerce.number().min(0).optional(),
        arrivalCount: z.coerce.number().optional(),
        rampTo: z.coerce.number().positive().optional(),
      })
      .safeParse(raw)
    if (!phase.success) {
      collect.leave(`config.phases[${at}]`, 'It has no duration with a rate; give it as a stage of load.')
      continue
    }
    const { duration, arrivalRate, arrivalCount, rampTo } = phase.data
    const seconds = Math.min(duration, 3600)
    const rate = arrivalRate ?? (arrivalCount === undefined ? 1 : arrivalCount / duration)
    if (rampTo !== undefined) load.push({ kind: 'ramp', fromPerSecond: rate, toPerSecond: rampTo, seconds })
    else if (rate > 0) load.push({ kind: 'constant', ratePerSecond: rate, seconds })
  }
  for (const [at, raw] of scenarios.entries()) {
    const scenario = z
      .object({
        name: z.string().optional(),
        weight: z.coerce.number().positive().optional(),
        engine: z.string().optional(),
        flow: z.array(z.unknown()),
      })
      .safeParse(raw)
    const where = `scenarios[${at}]`
    if (!scenario.success || (scenario.data.engine ?? 'http') !== 'http') {
      collect.leave(where, 'Only flows of the http engine are read.')
      continue
    }
    readFlow(scenario.data.flow, `${where}.flow`, scenario.data.weight, config.target ?? '', collect, 0)
  }
  return collect.finish('Artillery', 'Artillery', load.length === 0 ? undefined : load.slice(0, 100))
}

function readFlow(
  flow: readonly unknown[],
  path: string,
  weight: number | undefined,
  target: string,
  collect: RequestCollector,
  depth: number,
): void {
  for (const [at, raw] of flow.entries()) {
    const where = `${path}[${at}]`
    const step = z.record(z.string(), z.unknown()).safeParse(raw)
    if (!step.success) {
      collect.leave(where, 'It is no step.')
      continue
    }
    const verb = verbs.find((one) => one in step.data)
    if (verb === undefined) {
      const [kind = 'step'] = Object.keys(step.data)
      if (kind === 'loop' && Array.isArray(step.data['loop']) && depth < 10)
        readFlow(step.data['loop'], `${where}.loop`, weight, target, collect, depth + 1)
      else if (kind === 'parallel' && Array.isArray(step.data['parallel']) && depth < 10)
        readFlow(step.data['parallel'], `${where}.parallel`, weight, target, collect, depth + 1)
      else if (kind === 'think' && durationSeconds(step.data['think']) !== null)
        collect.pause(1000 * (durationSeconds(step.data['think']) ?? 0))
      else if (kind !== 'log') collect.leave(where, `"${kind}" is not read.`)
      continue
    }
    const call = z
      .object({
        url: z.string().optional(),
        uri: z.string().optional(),
        name: z.string().optional(),
        headers: z.record(z.string(), z.coerce.string()).nullish(),
        json: z.unknown().optional(),
        body: z.unknown().optional(),
        form: z.record(z.string(), z.unknown()).nullish(),
        capture: z.unknown().optional(),
      })
      .safeParse(step.data[verb])
    if (!call.success || (call.data.url ?? call.data.uri) === undefined) {
      collect.leave(where, 'It has no url.')
      continue
    }
    const { name, headers, json, body, form } = call.data
    const url = (call.data.url ?? call.data.uri ?? '').trim()
    collect.add({
      where,
      name,
      method: verb,
      url: spaced(
        /^https?:|^\{\{/.test(url)
          ? url
          : `${target.replace(/\/$/, '')}${url.startsWith('/') ? '' : '/'}${url}`,
      ),
      headers: Object.entries(headers ?? {}).map(([key, value]) => [key, spaced(value)] as const),
      body: spaced(
        json !== undefined
          ? JSON.stringify(json)
          : typeof body === 'string'
            ? body
            : form
              ? new URLSearchParams(
                  Object.entries(form).map(([key, value]) => [key, String(value)]),
                ).toString()
              : '',
      ),
      ...(weight === undefined ? {} : { weight }),
    })
    for (const raw of [call.data.capture ?? []].flat()) {
      const capture = z.object({ json: z.string(), as: z.string() }).safeParse(raw)
      if (capture.success) collect.extract(`${where}.capture`, capture.data.as, capture.data.json)
      else collect.leave(`${where}.capture`, 'Only values of JSON are taken from an answer.')
    }
  }
}

/** Artillery's `{{ name }}` and `{{ $fn() }}` as plain variables. */
const spaced = (text: string) => text.replaceAll(/\{\{\s*\$?([\w.-]+)[^}]*\}\}/g, '{{$1}}')
