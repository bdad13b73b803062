import { basename, dirname } from 'node:path'
import type { FoundFault } from './chaos-toolkit-actions.ts'
import { toxicOf } from './chaos-toolkit-actions.ts'

const multiples: Record<string, number> = { '': 1, k: 1024, m: 1024 ** 2, g: 1024 ** 3 }
const unitsS: Record<string, number> = { ms: 0.001, s: 1, '': 1, m: 60, h: 3600 }

/** `64M`, `1GiB`; null for what is no size. */
export function bytesIn(text: string | undefined): number | null {
  const found = /^(\d+)([kmg]?)i?b?$/i.exec(text ?? '')
  return found === null ? null : Number(found[1]) * multiples[found[2]!.toLowerCase()]!
}

/** `10s`, `200ms`, `2m`, a bare number in seconds; null for what is no time. */
export function secondsIn(text: unknown): number | null {
  const written = typeof text === 'number' ? String(text) : typeof text === 'string' ? text : ''
  const found = /^(\d+(?:\.\d+)?)(ms|s|m|h|)$/.exec(written)
  return found === null ? null : Number(found[1]) * unitsS[found[2]!]!
}

/** A file that a name becomes, where nobody says which process is meant. */
export const pidFileOf = (name: string) => `${name.replaceAll(/[^\w.-]/g, '-')}.pid`

const fault = (on: string, what: FoundFault['fault'], more: Partial<FoundFault> = {}): FoundFault => ({
  kind: 'fault',
  on: on.slice(0, 100),
  fault: what,
  id: null,
  ...more,
})
const atProcess = (on: string, what: 'kill' | 'pause', more: Partial<FoundFault> = {}) =>
  fault(on, { kind: what }, { at: { pidFile: pidFileOf(on) }, ...more })

const signalFaults: Record<string, 'kill' | 'pause'> = {
  ...Object.fromEntries(
    ['TERM', 'KILL', 'INT', 'QUIT', 'ABRT', '15', '9', '2', '3', '6'].map((one) => [one, 'kill']),
  ),
  STOP: 'pause',
  '19': 'pause',
}

/** The words of one plain command; null for a script of several, whose parts hang on each other. */
function wordsOf(command: string): string[] | null {
  const words = (command.match(/"[^"]*"|'[^']*'|\S+/g) ?? []).map((word) =>
    word.replaceAll(/^(["'])(.*)\1$/gs, '$2'),
  )
  while (words[0] === 'sudo') words.shift()
  if (/^(?:.*\/)?(?:ba|da|z)?sh$/.test(words[0] ?? '') && words[1] === '-c') return wordsOf(words[2] ?? '')
  return words.some((word) => /^(?:\|+|&+|;)$|;$/.test(word)) ? null : words
}

/**
 * What a command does that an experiment would run, as a fault of ours; null for one that has none. The command is read, never run.
 * @param inside the pod that it would run in, whose processes it means
 */
export function commandFault(command: string, inside?: string): FoundFault | null {
  const words = wordsOf(command)
  if (words === null) return null
  const program = words[0]?.split('/').at(-1) ?? ''
  const rest = words.slice(1)
  const after = (...flags: string[]): string | undefined => {
    for (const [at, word] of rest.entries()) {
      if (flags.includes(word)) return rest[at + 1]
      const flag = flags.find((one) => word.startsWith(`${one}=`))
      if (flag !== undefined) return word.slice(flag.length + 1)
    }
    return undefined
  }
  const plain = rest.filter(
    (word, at) => !word.startsWith('-') && !/^-\w$|^--[\w-]+$/.test(rest[at - 1] ?? ''),
  )
  switch (program) {
    case 'kill':
    case 'pkill':
    case 'killall': {
      const words = rest
        .filter((word) => /^-(?:SIG)?[A-Z][A-Z0-9]+$|^-\d+$/.test(word))
        .map((word) => word.slice(1))
      const signal = (after('-s', '--signal') ?? words[0] ?? 'TERM').replace(/^SIG/, '')
      const what = signalFaults[signal]
      // Any other signal asks for something that only the process itself knows.
      if (what === undefined) return null
      const file = after('-F', '--pidfile') ?? /(?:\$\(|`)cat\s+([^\s)`]+)/.exec(command)?.[1]
      if (file !== undefined) return fault(basename(file, '.pid'), { kind: what }, { at: { pidFile: file } })
      const whom = rest.findLast((word) => !word.startsWith('-'))
      if (whom === undefined) return null
      if (inside !== undefined) return atProcess(inside, what)
      return program === 'kill' && /^\d+$/.test(whom)
        ? fault(whom, { kind: what }, { at: { pid: Number(whom) } })
        : atProcess(whom, what)
    }
    case 'stress':
    case 'stress-ng': {
      const lasts = secondsIn(after('--timeout', '-t'))
      const more = lasts === null ? {} : { seconds: lasts }
      const workers = Number(after('--cpu', '-c'))
      if (Number.isInteger(workers) && workers > 0)
        return fault('machine', { kind: 'cpu', workers: Math.min(64, workers) }, more)
      const bytes = bytesIn(after('--vm-bytes'))
      return bytes === null ? null : fault('machine', { kind: 'memory', bytes }, more)
    }
    case 'fallocate':
    case 'dd': {
      const file = program === 'dd' ? rest.find((word) => word.startsWith('of='))?.slice(3) : plain.at(-1)
      const one = (name: string) => rest.find((word) => word.startsWith(`${name}=`))?.slice(name.length + 1)
      const bytes =
        program === 'dd'
          ? (bytesIn(one('bs')) ?? 512) * Number(one('count') ?? NaN)
          : bytesIn(after('-l', '--length'))
      return file?.startsWith('/') === true && bytes !== null && bytes > 0
        ? fault('machine', { kind: 'disk', folder: dirname(file), bytes: Math.min(1e11, bytes) })
        : null
    }
    case 'docker':
    case 'podman':
    case 'docker-compose':
    case 'pumba': {
      const verb = plain.find((word) => /^(?:kill|stop|restart|rm|pause|netem)$/.test(word))
      const whom = plain.at(-1)
      if (verb === undefined || whom === undefined || whom === verb) return null
      if (verb !== 'netem') return atProcess(whom, verb === 'pause' ? 'pause' : 'kill')
      const ms = Number(after('--time', '-t'))
      return plain.includes('delay') && ms > 0
        ? fault(whom, { kind: 'latency', ms, jitterMs: Number(after('--jitter', '-j') ?? 0) })
        : null
    }
    case 'systemctl':
    case 'service':
    case 'supervisorctl':
    case 'pm2': {
      const verb = plain.find((word) => /^(?:stop|kill|restart|delete)$/.test(word))
      const whom = plain.find((word) => word !== verb)
      return verb === undefined || whom === undefined
        ? null
        : atProcess(whom.replace(/\.service$/, ''), 'kill')
    }
    case 'kubectl':
    case 'oc': {
      const verb = plain[0]
      const isGone =
        verb === 'delete' || (verb === 'scale' && after('--replicas') === '0') || plain[1] === 'restart'
      const kind = /^(?:pods?|po|deploy(?:ment)?s?|statefulsets?|sts|replicasets?|rs)(?:\/(.+))?$/
      const named = plain.findIndex((word) => kind.test(word))
      const whom =
        named === -1
          ? undefined
          : (kind.exec(plain[named]!)![1] ?? nameIn(after('-l', '--selector')) ?? plain[named + 1])
      return isGone && whom !== undefined ? atProcess(whom, 'kill') : null
    }
    case 'iptables': {
      const port = Number(after('--dport', '--destination-port'))
      const verdict = after('-j', '--jump')
      if (!(port > 0) || !rest.some((word) => /^-[AI]$/.test(word))) return null
      const place = { at: { host: '127.0.0.1', port }, id: String(port) }
      if (verdict === 'DROP') return fault(`port ${port}`, { kind: 'black-hole' }, place)
      return verdict === 'REJECT' ? fault(`port ${port}`, { kind: 'down' }, place) : null
    }
    case 'tc': {
      const on = inside ?? after('dev')
      if (on === undefined || !/^(?:add|replace|change)$/.test(rest[1] ?? '')) return null
      const [delay, jitter] = [secondsIn(after('delay')), rest[rest.indexOf('delay') + 2]]
      if (delay !== null)
        return fault(
          on,
          { kind: 'latency', ms: 1000 * delay, jitterMs: 1000 * (secondsIn(jitter) ?? 0) },
          { id: on },
        )
      return after('loss') === '100%' ? fault(on, { kind: 'black-hole' }, { id: on }) : null
    }
    case 'toxiproxy-cli': {
      const attributes = Object.fromEntries(
        rest.flatMap((word, at) =>
          /^(?:-a|--attribute)$/.test(word) ? [rest[at + 1]?.split('=') ?? []] : [],
        ),
      ) as Record<string, unknown>
      const on = plain.find((word) => !/^(?:toxics?|t|add|a)$/.test(word))
      const found = rest.includes('add') ? toxicOf(after('-t', '--type') ?? '', attributes, 1) : null
      return found === null || on === undefined ? null : fault(on, found.fault, { id: after('-n') ?? on })
    }
    default:
      return null
  }
}

/** The name in a selector of labels: that of `app` or `name`, or the first. */
export function nameIn(selector: unknown): string | undefined {
  const pairs: [string, unknown][] =
    typeof selector === 'string'
      ? selector.split(',').map((one) => {
          const [, key = '', value = ''] = /^\s*([\w./-]+)\s*(?:==?|in)\s*\(?([\w.-]+)/.exec(one) ?? []
          return [key, value]
        })
      : typeof selector === 'object' && selector !== null
        ? Object.entries(selector)
        : []
  const named = pairs.filter(([, value]) => typeof value === 'string' && value !== '')
  return (named.find(([key]) => /(?:^|[/.])(?:app|name)$/.test(key)) ?? named[0])?.[1] as string | undefined
}
