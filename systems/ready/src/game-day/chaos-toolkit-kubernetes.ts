import { z } from 'zod'
import type { FoundAction, FoundFault } from './chaos-toolkit-actions.ts'
import { bytesIn, commandFault, nameIn, pidFileOf, secondsIn } from './chaos-toolkit-commands.ts'

const words = z.record(z.string(), z.unknown())
type Given = z.output<typeof words>
const recordOf = (given: unknown): Given => words.safeParse(given).data ?? {}
const text = (value: unknown) => (typeof value === 'string' && value !== '' ? value : undefined)

/** Whom arguments name: by a name, a selector of labels, or a pattern of names. */
function whom(given: Given): string | undefined {
  const pattern = text(given['name_pattern'])
  return (
    text(given['deployment_name']) ??
    text(given['service_name']) ??
    text(given['name']) ??
    nameIn(given['label_selector']) ??
    nameIn(given['label_selectors']) ??
    pattern?.replaceAll(/^[\^.*]+|[-.*+$\\[(].*$/g, '')
  )?.slice(0, 100)
}

const gone = (on: string | undefined, what: 'kill' | 'pause' = 'kill', seconds?: number): FoundFault | null =>
  on === undefined || on === ''
    ? null
    : {
        kind: 'fault',
        on,
        fault: { kind: what },
        id: null,
        at: { pidFile: pidFileOf(on) },
        ...(seconds === undefined ? {} : { seconds }),
      }

const shareOf = (percent: unknown) => {
  const part = Number(percent) / 100
  return part > 0 && part < 1 ? { share: part } : {}
}

/**
 * An action on a Kubernetes cluster (`chaosk8s`), its service mesh (`chaosistio`) or by Gremlin, as what comes to the same on this machine: pods that go are a process that is killed, a
 * link that is cut or slow is a fault on a dependency of that name. Null for what has none: nodes, images, objects that are made.
 */
export function clusterAction(module: string, func: string, arguments_: unknown): FoundAction | null {
  const given = recordOf(arguments_)
  if (module === 'chaosistio.fault.actions') return meshFault(func, given)
  if (module === 'chaosgremlin.actions') return gremlin(given)
  if (module.startsWith('chaosk8s.chaosmesh.')) return meshOf(func, given)
  if (!module.startsWith('chaosk8s.')) return null
  if (
    /^(?:terminate|delete|kill|remove)_(?:pods?|deployments?|replica_?sets?|statefulsets?|microservice)$/.test(
      func,
    )
  )
    return gone(whom(given))
  if (func.startsWith('rollout_')) return gone(whom(given))
  if (func.startsWith('scale_')) return Number(given['replicas']) === 0 ? gone(whom(given)) : null
  if (func === 'exec_in_pods') {
    const found = commandFault(text(given['cmd']) ?? '', whom(given) ?? 'pod')
    return found
  }
  if (func === 'deny_all_ingress') return link(whom(given), { kind: 'black-hole' })
  if (func === 'remove_deny_all_ingress') return ending(whom(given))
  if (/^(?:delete_service|remove_service_endpoint)$/.test(func)) return link(whom(given), { kind: 'down' })
  if (/^(?:create|replace|apply)_(?:custom_object|cluster_custom_object)$|^apply_from_json$/.test(func))
    return chaosMesh(recordOf(given['resource']))
  return null
}

const link = (
  on: string | undefined,
  what: FoundFault['fault'],
  seconds: number | null = null,
): FoundFault | null =>
  on === undefined
    ? null
    : { kind: 'fault', on, fault: what, id: on, ...(seconds === null ? {} : { seconds }) }

const ending = (on: string | undefined): FoundAction | null =>
  on === undefined ? null : { kind: 'end', on, id: null }

function meshFault(func: string, given: Given): FoundAction | null {
  const [route] = z.array(words).catch([]).parse(given['routes'])
  const on = text(recordOf(route?.['destination'])['host']) ?? text(given['virtual_service_name'])
  if (/^(?:remove|unset)_/.test(func)) return ending(on)
  if (on === undefined) return null
  const part = shareOf(given['percentage'])
  if (func === 'add_delay_fault') {
    const delay = secondsIn(given['fixed_delay'])
    return delay === null
      ? null
      : link(on, { kind: 'latency', ms: Math.min(60_000, 1000 * delay), jitterMs: 0, ...part })
  }
  const status = Number(given['http_status'])
  return func === 'add_abort_fault' && status >= 400 && status < 600
    ? link(on, { kind: 'errors', status, ...part })
    : null
}

/** https://www.gremlin.com/docs: an attack's command and its target. */
function gremlin(given: Given): FoundAction | null {
  const command = recordOf(given['command'])
  const labels = recordOf(given['labels'])
  const on = nameIn(labels) ?? nameIn(recordOf(recordOf(given['target'])['tags']))
  switch (command['type']) {
    case 'shutdown':
    case 'process_killer':
      return gone(on)
    case 'blackhole':
      return link(on, { kind: 'black-hole' })
    case 'cpu':
      return { kind: 'fault', on: 'machine', fault: { kind: 'cpu', workers: 1 }, id: null }
    default:
      return null
  }
}

/** The functions of `chaosk8s.chaosmesh`, each of which makes one object of Chaos Mesh. */
function meshOf(func: string, given: Given): FoundAction | null {
  const on = nameIn(given['label_selectors']) ?? whom(given)
  if (func.startsWith('delete_')) return ending(on)
  const duration = secondsIn(given['duration'])
  switch (func) {
    case 'kill_pod':
    case 'kill_container':
      return gone(on)
    case 'fail_pod':
      return gone(on, 'pause', duration ?? undefined)
    case 'add_latency':
      return latency(on, given, duration)
    case 'stress_cpu':
      return stress({ cpu: { workers: given['workers'] } }, duration)
    case 'stress_memory':
      return stress({ memory: { size: given['size'] } }, duration)
    default:
      return null
  }
}

const latency = (on: string | undefined, given: Given, seconds: number | null) => {
  const delay = secondsIn(given['latency'])
  return delay === null
    ? null
    : link(
        on,
        {
          kind: 'latency',
          ms: Math.min(60_000, 1000 * delay),
          jitterMs: Math.min(60_000, 1000 * (secondsIn(given['jitter']) ?? 0)),
        },
        seconds,
      )
}

function stress(stressors: Given, seconds: number | null): FoundFault | null {
  const lasts = seconds === null ? {} : { seconds }
  const at = { kind: 'fault', on: 'machine', id: null, ...lasts } as const
  const workers = Number(recordOf(stressors['cpu'])['workers'])
  if (workers > 0) return { ...at, fault: { kind: 'cpu', workers: Math.min(64, workers) } }
  const bytes = bytesIn(text(recordOf(stressors['memory'])['size']))
  return bytes === null || bytes === 0 ? null : { ...at, fault: { kind: 'memory', bytes } }
}

/** An object of Chaos Mesh: https://chaos-mesh.org/docs/. */
function chaosMesh(resource: Given): FoundAction | null {
  const spec = recordOf(resource['spec'])
  const on =
    nameIn(recordOf(spec['selector'])['labelSelectors']) ?? text(recordOf(resource['metadata'])['name'])
  const seconds = secondsIn(spec['duration'])
  switch (resource['kind']) {
    case 'PodChaos':
      return gone(on, spec['action'] === 'pod-failure' ? 'pause' : 'kill', seconds ?? undefined)
    case 'StressChaos':
      return stress(recordOf(spec['stressors']), seconds)
    case 'NetworkChaos':
      if (spec['action'] === 'delay') return latency(on, recordOf(spec['delay']), seconds)
      if (spec['action'] === 'partition' || Number(recordOf(spec['loss'])['loss']) >= 100)
        return link(on, { kind: 'black-hole' }, seconds)
      return spec['action'] === 'corrupt' ? link(on, { kind: 'corrupt' }, seconds) : null
    case 'HTTPChaos': {
      const delay = secondsIn(spec['delay'])
      if (delay !== null) return latency(on, { latency: spec['delay'] }, seconds)
      return spec['abort'] === true ? link(on, { kind: 'reset', afterBytes: 0 }, seconds) : null
    }
    default:
      return null
  }
}
