import { HeavyliftError, NotFoundError } from '@heavylift/core'
import { createRandom } from '@heavylift/core/math'
import { z } from 'zod'
import { DnsFaultProxy } from './dns-fault-proxy.ts'
import { FaultProxy } from './fault-proxy.ts'
import { askedSchema } from './keeper-messages.ts'
import type { Asked, KeeperAnswer } from './keeper-messages.ts'
import { touch } from './touch.ts'
import { LeaseFiles, undo } from './undo.ts'
import type { Undo } from './undo.ts'

/**
 * The watchdog: it holds proxies and leases in a process of its own. When its controller dies or says nothing for a while, every fault ends; the
 * proxies go on passing bytes, so that a service behind them is not cut off, until nothing has gone through for a while.
 */
const folder = process.argv[2] as string
const silenceMs = 5000
const lingerMs = 60_000

const files = new LeaseFiles(folder)
const proxies = new Map<string, FaultProxy | DnsFaultProxy>()
const leases = new Map<string, { end: () => Promise<void>; timer: NodeJS.Timeout }>()
let heardAtMs = performance.now()

async function end(id: string): Promise<void> {
  const lease = leases.get(id)
  if (lease === undefined) return
  leases.delete(id)
  clearTimeout(lease.timer)
  await lease.end()
}

const endAll = () => Promise.all([...leases.keys()].map((id) => end(id)))

function keep(id: string, leaseMs: number, ending: () => Promise<void>): void {
  leases.set(id, { end: ending, timer: setTimeout(() => void end(id), leaseMs) })
}

function proxyOf(name: string): FaultProxy | DnsFaultProxy {
  const proxy = proxies.get(name)
  if (proxy === undefined)
    throw new NotFoundError({ code: 'proxy-unknown', message: `There is no proxy "${name}".` })
  return proxy
}

async function perform(asked: Asked): Promise<unknown> {
  switch (asked.op) {
    case 'open-proxy': {
      const { host, port, isWatching } = asked
      const random = createRandom(asked.proxy)
      const proxy =
        asked.protocol === 'dns'
          ? new DnsFaultProxy({ host, port }, random)
          : new FaultProxy({ host, port }, random, { isWatching })
      const found = await proxy.listen(asked.listen)
      proxies.set(asked.proxy, proxy)
      return found
    }
    case 'close-proxy':
      await proxies.get(asked.proxy)?.close()
      proxies.delete(asked.proxy)
      return null
    case 'watched':
      return proxyOf(asked.proxy).watched(asked.sinceMs)
    case 'inject': {
      const proxy = proxyOf(asked.proxy)
      proxy.inject(asked.fault, asked.leaseMs)
      keep(asked.lease, asked.leaseMs, () => Promise.resolve(proxy.end()))
      return null
    }
    case 'touch': {
      const { lease, leaseMs } = asked
      let taken: Undo[] = []
      try {
        await touch(asked.fault, asked.process, leaseMs, async (how) => {
          taken = how
          await files.keep(lease, how)
          keep(lease, leaseMs, async () => {
            for (const one of taken) await undo(one)
            await files.forget(lease)
          })
        })
      } catch (error) {
        await end(lease)
        throw error
      }
      return null
    }
    case 'end':
      await end(asked.lease)
      return null
    case 'end-all':
      await endAll()
      return null
    case 'beat':
      return null
  }
}

process.on('message', (message: unknown) => {
  heardAtMs = performance.now()
  const { number } = z.looseObject({ number: z.int() }).parse(message)
  const answer = (rest: Omit<KeeperAnswer, 'number'>) => {
    if (process.connected) process.send?.({ number, ...rest } satisfies KeeperAnswer, () => undefined)
  }
  const asked = z.looseObject({ asked: askedSchema }).safeParse(message)
  if (!asked.success) {
    answer({ problem: { code: 'fault-invalid', message: z.prettifyError(asked.error), status: 400 } })
    return
  }
  perform(asked.data.asked).then(
    (result) => answer({ result }),
    (error: unknown) => {
      const { code, status } = error instanceof HeavyliftError ? error : { code: 'fault-failed', status: 500 }
      answer({ problem: { code, status, message: error instanceof Error ? error.message : String(error) } })
    },
  )
})

async function orphaned(): Promise<void> {
  clearInterval(watch)
  await endAll()
  const since = performance.timeOrigin + performance.now()
  const look = setInterval(() => {
    const isUsed = [...proxies.values()].some((proxy) => proxy.watched(since).openConnections > 0)
    if (!isUsed) {
      clearInterval(look)
      setTimeout(() => process.exit(), proxies.size === 0 ? 0 : lingerMs)
    }
  }, 1000)
}

process.on('disconnect', () => void orphaned())
const watch = setInterval(() => {
  if (performance.now() - heardAtMs > silenceMs) void endAll()
}, 500)
// Ctrl-C at the terminal reaches the whole group: what is to be ended is ended first.
for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.on(signal, () => void endAll().then(() => process.exit()))
