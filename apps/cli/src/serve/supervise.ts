import { fork } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { RestartPolicy } from '@heavylift/core/async'
import { Shutdown } from '@heavylift/core/runtime'
import type { Logger } from '@heavylift/core'
import { isMessage, upTopic } from './processes.ts'
import { stopWithParent } from './stop-with-parent.ts'

export interface SuperviseOptions {
  count: number
  log: Logger
  env: Record<string, string | undefined>
  say(line: string): void
  /** Gives the data folder back. */
  release(): void
}

/**
 * Starts the processes of a server and starts those again that end, after growing pauses. The first process runs everything and
 * says which port it got; then the others start. Ends when told to, when the first cannot start at all, or when one ends again and
 * again. Never resolves.
 */
export async function supervise(options: SuperviseOptions): Promise<never> {
  const { count, log } = options
  const shutdown = new Shutdown({ log, timeoutMs: 60_000 })
  shutdown.listen()
  shutdown.add('data folder', () => options.release())
  stopWithParent(options.env, shutdown)
  const children = new Map<number, ChildProcess>()
  const started = new Set<number>()
  const policies = new Map(Array.from({ length: count }, (_, at) => [at + 1, new RestartPolicy()]))
  let port: number | null = null
  shutdown.add('processes', () => stopAll(children))

  const end = (reason: string, code: number): void => {
    void shutdown.stop(reason).then(() => process.exit(code))
  }
  const start = (number: number): void => {
    if (shutdown.signal.aborted) return
    const startedMs = performance.now()
    const env = {
      ...options.env,
      HEAVYLIFT_PROCESS: `${number}/${count}${started.has(number) ? '/again' : ''}`,
      // It may have moved from the configured one; the others, and the first when it is started again, follow it.
      ...(port === null ? {} : { HEAVYLIFT_SERVER_PORT: String(port) }),
    }
    started.add(number)
    const child = fork(process.argv[1] ?? '', process.argv.slice(2), { env })
    children.set(number, child)
    child.on('message', (message: unknown) => {
      if (!isMessage(message)) return
      if (message.heavylift === upTopic && number === 1 && port === null) {
        port = (message.data as { port: number }).port
        for (let other = 2; other <= count; other++) start(other)
      }
      for (const other of children.values()) {
        if (other !== child && other.connected) other.send(message, () => undefined)
      }
    })
    child.on('exit', (code, signal) => {
      children.delete(number)
      if (shutdown.signal.aborted) return
      if (port === null) return end('the first process did not start', code ?? 1)
      // It has nothing to do: no system of this server answers at /v1.
      if (number > 1 && code === 0) return
      const afterMs = policies.get(number)?.afterFailure(performance.now() - startedMs) ?? null
      log.error({ child: number, code, signal, afterMs }, 'a process of the server ended')
      if (afterMs === null) {
        options.say(`Process ${number} of the server ends again and again; the log says why.`)
        return end(`process ${number} ends again and again`, 1)
      }
      options.say(
        `Process ${number} of the server ended (${signal ?? code}); it starts again in ${afterMs / 1000} s.`,
      )
      setTimeout(() => start(number), afterMs)
    })
  }
  start(1)
  return new Promise<never>(() => {})
}

/** All at once: each finishes what it has. */
async function stopAll(children: ReadonlyMap<number, ChildProcess>): Promise<void> {
  await Promise.all(
    [...children.values()].map(async (child) => {
      const exited = once(child, 'exit')
      child.kill('SIGTERM')
      await exited
    }),
  )
}
