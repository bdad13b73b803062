import { InvalidInputError } from '@heavylift/core'
import { parse as parseYaml } from 'yaml'
import { z } from 'zod'
import { reasonFor, toxiproxyAction, toxiproxyRequest } from './chaos-toolkit-actions.ts'
import type { FoundAction, Place } from './chaos-toolkit-actions.ts'
import { commandFault } from './chaos-toolkit-commands.ts'
import { clusterAction } from './chaos-toolkit-kubernetes.ts'
import { springAction, springRequest } from './chaos-toolkit-spring.ts'
import { wordsAction } from './chaos-toolkit-words.ts'
import { gameDaySchema } from './definition.ts'
import type { GameDayDefinition } from './definition.ts'

type Draft = z.input<typeof gameDaySchema>
type Fault = NonNullable<Draft['faults']>[number]

/** What a Chaos Toolkit experiment gave: a game day, and what of it is not played. */
export interface ReadExperiment {
  definition: GameDayDefinition
  left: { where: string; advice: string }[]
}

const providerSchema = z.looseObject({
  type: z.string(),
  url: z.string().optional(),
  method: z.string().optional(),
  headers: z.record(z.string(), z.unknown()).nullish(),
  path: z.string().optional(),
  arguments: z.unknown().optional(),
  module: z.string().optional(),
  func: z.string().optional(),
  timeout: z.unknown().optional(),
})
const activitySchema = z.looseObject({
  ref: z.string().optional(),
  name: z.string().optional(),
  type: z.string().optional(),
  provider: providerSchema.optional(),
  pauses: z
    .looseObject({
      before: z.union([z.number(), z.string()]).nullish(),
      after: z.union([z.number(), z.string()]).nullish(),
    })
    .nullish(),
})
type Activity = z.output<typeof activitySchema>

/** https://chaostoolkit.org/reference/api/experiment/ */
const experimentSchema = z.looseObject({
  title: z.string(),
  description: z.string().nullish(),
  'steady-state-hypothesis': z
    .looseObject({ title: z.string().nullish(), probes: z.array(activitySchema).nullish() })
    .nullish(),
  method: z.array(activitySchema).nullish(),
  rollbacks: z.array(activitySchema).nullish(),
  configuration: z.record(z.string(), z.unknown()).nullish(),
})

const usualSeconds = 10
const mostSeconds = 3600
const withinMs = 3000
const objective = {
  apiVersion: 'openslo/v1',
  kind: 'SLO',
  metadata: { name: 'steady-state', displayName: 'The steady state holds' },
  spec: {
    indicator: {
      metadata: { name: 'answers' },
      spec: {
        ratioMetric: { counter: true, good: { metricSource: { type: 'ready', spec: { withinMs } } } },
      },
    },
    objectives: [{ displayName: 'Answers', target: 0.95 }],
  },
}

/**
 * Makes a game day of a Chaos Toolkit experiment in JSON or YAML: probes of the http provider become endpoints, actions that kill,
 * stop, load, slow or cut something become faults, whatever tool would have done it. Nothing in it is run: what is not understood is listed with advice. Null for what is no experiment. `target` is the service where no probe says it,
 * `places` are what names in it are on this machine.
 * @throws InvalidInputError `experiment-without-probe` when no http probe says what to ask
 */
export function readChaosToolkit(
  text: string,
  {
    owner,
    target: given,
    places = {},
  }: { owner: string; target?: string; places?: Readonly<Record<string, Place>> },
): ReadExperiment | null {
  let raw: unknown
  try {
    raw = parseYaml(text, { maxAliasCount: 100 })
  } catch {
    return null
  }
  const isLike =
    typeof raw === 'object' && raw !== null && ('method' in raw || 'steady-state-hypothesis' in raw)
  const parsed = isLike ? experimentSchema.safeParse(raw) : null
  if (parsed?.success !== true) return null
  const experiment = parsed.data
  const fill = filler(experiment.configuration ?? {})
  const left: ReadExperiment['left'] = []
  const hypothesis = experiment['steady-state-hypothesis']
  const probes = hypothesis?.probes ?? []
  const method = experiment.method ?? []
  const named = new Map([...probes, ...method].flatMap((one) => (one.name ? [[one.name, one]] : [])))
  let target: string | null = given === undefined ? null : new URL(given).origin
  const endpoints: NonNullable<Draft['endpoints']> = []
  for (const [where, one] of [
    ...probes.map((probe, at) => [`steady-state-hypothesis.probes[${at}]`, probe] as const),
    ...method
      .map((activity, at) => [`method[${at}]`, activity] as const)
      .filter(([, { type }]) => type === 'probe'),
  ]) {
    const url = one.provider?.type === 'http' ? urlOf(fill(one.provider.url ?? ''), target) : null
    if (url === null) {
      left.push({
        where,
        advice: `The probe "${one.name ?? ''}" is not of the http provider with a known address. Say what it looks at as an objective.`,
      })
      continue
    }
    target ??= url.origin
    if (url.origin !== target) {
      left.push({ where, advice: `${url.origin} is another host than ${target}: a game day asks one.` })
      continue
    }
    const methodName = (one.provider?.method ?? 'GET').toUpperCase()
    if (endpoints.some(({ name }) => name === one.name)) continue
    endpoints.push({
      name: (one.name ?? `probe ${endpoints.length + 1}`).slice(0, 100),
      method: methodName as 'GET',
      path: url.pathname + url.search,
    })
  }
  const faults: Fault[] = []
  const processes: NonNullable<Draft['processes']> = []
  const dependencies: NonNullable<Draft['dependencies']> = []
  /** Of the fault in `faults` that lasts until an action ends it. */
  const open: { on: string; id: string; at: number; seconds: number }[] = []
  const ended = (on: string, id: string | null) => {
    for (const one of open.splice(0))
      if ((on === '' || one.on === on) && (id === null || one.id === id))
        faults[one.at]!.seconds = clampSeconds(one.seconds)
      else open.push(one)
  }
  const isTarget = (place: Place) => target !== null && 'port' in place && isSamePlace(place, new URL(target))
  const placed = (found: Extract<FoundAction, { kind: 'fault' }>): boolean => {
    const { on } = found
    if (on === 'machine' || dependencies.some(({ name }) => name === on)) return true
    const place = places[on] ?? found.at
    if (place === undefined) return false
    if ('port' in place) dependencies.push({ name: on, ...place })
    else if (!processes.some(({ name }) => name === on)) processes.push({ name: on, ...place })
    return true
  }
  const play = (found: FoundAction, where: string, pausedS: number): void => {
    if (found.kind === 'end') ended(found.on, found.id)
    if (found.kind === 'dependency' && !dependencies.some(({ name }) => name === found.name)) {
      const { name, host, port, listen } = found
      dependencies.push({ name, host, port, listen })
    }
    if (found.kind !== 'fault') return
    const { on, fault, id, note, seconds } = found
    const refuse = (advice: string) => left.push({ where, advice })
    const place = places[on] ?? found.at
    if (!onProcess.has(fault.kind) && place !== undefined && isTarget(place))
      refuse(
        `"${on}" is the service that is asked, and ${fault.kind} is put before what a service calls. Ask one that calls it by --target.`,
      )
    else if (!placed(found))
      refuse(
        `Nothing says where "${on}" is on this machine. Say it by --at '${on}=${onProcess.has(fault.kind) ? 'PID' : '127.0.0.1:PORT'}', and ${fault.kind} is put on it.`,
      )
    else if (onProcess.has(fault.kind) && dependencies.some(({ name }) => name === on))
      refuse(`"${on}" is a dependency here, and ${fault.kind} takes a process: --at '${on}=PID'.`)
    else if (!onProcess.has(fault.kind) && processes.some(({ name }) => name === on))
      refuse(`"${on}" is a process here, and ${fault.kind} takes a dependency: --at '${on}=127.0.0.1:PORT'.`)
    else {
      if (id !== null && seconds === undefined) open.push({ on, id, at: faults.length, seconds: 0 })
      faults.push({ on, fault, seconds: clampSeconds(seconds ?? pausedS) })
      if (note !== undefined) refuse(note)
    }
  }
  for (const [at, activity] of method.entries()) {
    const action = activity.ref === undefined ? activity : named.get(activity.ref)
    const where = `method[${at}]`
    if (action === undefined) left.push({ where, advice: `No activity is called "${activity.ref ?? ''}".` })
    const pausedS = pauseOf(activity.pauses?.before, fill) + pauseOf(activity.pauses?.after, fill)
    const all = action?.type === 'action' ? foundIn(action, fill) : []
    for (const found of all ?? []) play(found, where, pauseOf(activity.pauses?.after, fill))
    if (action !== undefined && all === null) left.push({ where, advice: adviceFor(action) })
    for (const one of open) one.seconds += pausedS
  }
  // What nothing in the method ends lasts as long as the method pauses, or as long as usual.
  ended('', null)
  for (const at of (experiment.rollbacks ?? []).keys())
    left.push({
      where: `rollbacks[${at}]`,
      advice: 'Not played: every fault is a lease and is taken back by itself.',
    })
  if (target === null)
    throw new InvalidInputError({
      code: 'experiment-without-probe',
      message: `"${experiment.title}" has no http probe with a known address, so nothing says what to ask. Give the address of the service by --target.`,
    })
  const draft: Draft = {
    name: experiment.title.slice(0, 200) || 'Experiment',
    owner,
    hypothesis:
      (hypothesis?.title ?? experiment.description ?? experiment.title).slice(0, 2000) || 'It holds.',
    target,
    endpoints: endpoints.length > 0 ? endpoints : [{ name: 'root', path: '/' }],
    dependencies,
    processes,
    steadyState: { objectives: [objective] },
    faults,
  }
  const valid = gameDaySchema.safeParse(draft)
  if (valid.success) return { definition: valid.data, left }
  const [issue] = valid.error.issues
  throw new InvalidInputError({
    code: 'experiment-invalid',
    message: `${issue?.path.join('.') ?? 'The experiment'}: ${issue?.message ?? 'is not valid'}.`,
  })
}

const isSamePlace = ({ host, port }: { host: string; port: number }, { hostname, port: own }: URL) =>
  port === Number(own || 80) && (host === '127.0.0.1' ? isLoopback.test(hostname) : host === hostname)

const isLoopback = /^(?:localhost|127\.0\.0\.1|\[::1\])$/

/** Of `process-fault.ts`: what is done to a process. */
const onProcess = new Set(['kill', 'pause', 'file-size', 'file-handles'])

/** What an action does in the words of a game day, maybe several; null where nothing here comes to the same. */
function foundIn({ provider }: Activity, fill: (text: string) => string): FoundAction[] | null {
  const given = filled(provider?.arguments, fill)
  const { module = '', func = '' } = provider ?? {}
  const one = (found: FoundAction | null) => (found === null ? null : [found])
  switch (provider?.type) {
    case 'python':
      return (
        one(toxiproxyAction(module, func, given) ?? clusterAction(module, func, given)) ??
        springAction(module, func, given) ??
        one(wordsAction(func, given))
      )
    case 'process':
      return one(commandFault(fill(`${provider.path ?? ''} ${argumentsOf(given)}`)))
    case 'http': {
      const [url, method] = [fill(provider.url ?? ''), (provider.method ?? 'GET').toUpperCase()]
      return one(toxiproxyRequest(url, method, given)) ?? springRequest(url, method, given)
    }
    default:
      return null
  }
}

function adviceFor({ name = '', provider }: Activity): string {
  const what = `The action "${name.slice(0, 100)}"`
  if (provider?.type === 'http')
    return `${what} sends a request, which is not sent. Where it switches a fault on, put that fault on a dependency.`
  const reason = provider?.type === 'python' ? reasonFor(provider.module ?? '') : null
  if (reason !== null) return `${what} (${provider?.module ?? ''}.${provider?.func ?? ''}) ${reason}.`
  if (provider?.type === 'python')
    return `${what} calls ${provider.module ?? 'Python'}, which is not called. Name what it breaks under dependencies or processes, and give it a fault.`
  return `${what} runs ${provider?.path ?? 'a program'}, which is not run. Name what it breaks under dependencies or processes, and give it a fault; where it makes load, start a load run beside the game day.`
}

const clampSeconds = (asked: number) => (asked > 0 ? Math.min(mostSeconds, asked) : usualSeconds)

function pauseOf(given: string | number | null | undefined, fill: (text: string) => string): number {
  const asked = Number(fill(String(given ?? '')))
  return asked > 0 ? asked : 0
}

/** Arguments with what the configuration says in them. */
function filled(given: unknown, fill: (text: string) => string): unknown {
  if (typeof given === 'string') return fill(given)
  if (Array.isArray(given)) return given.map((one) => filled(one, fill))
  if (typeof given !== 'object' || given === null) return given
  return Object.fromEntries(Object.entries(given).map(([name, value]) => [name, filled(value, fill)]))
}

function argumentsOf(given: unknown): string {
  if (typeof given === 'string') return given
  if (Array.isArray(given)) return given.map(String).join(' ')
  if (typeof given !== 'object' || given === null) return ''
  return Object.entries(given)
    .map(([name, value]) => `${name} ${String(value ?? '')}`)
    .join(' ')
}

/** Puts what the configuration says for `${name}`: plain values, and defaults of those that come from elsewhere. */
function filler(configuration: Record<string, unknown>): (text: string) => string {
  return (text) =>
    text.replaceAll(/\$\{(\w+)\}/g, (whole, name: string) => {
      const value = configuration[name]
      if (typeof value === 'string' || typeof value === 'number') return String(value)
      const fallback =
        typeof value === 'object' && value !== null ? (value as { default?: unknown }).default : undefined
      return typeof fallback === 'string' || typeof fallback === 'number' ? String(fallback) : whole
    })
}

/** Where the host is a variable that only its machine knows, the path is asked of the target that was given. */
function urlOf(text: string, target: string | null): URL | null {
  const known = target === null ? text : text.replace(/^(?:https?:\/\/)?\$\{\w+\}(?::\d+)?(?=\/|$)/, target)
  return /^https?:\/\//.test(known) && URL.canParse(known) && !known.includes('${') ? new URL(known) : null
}
