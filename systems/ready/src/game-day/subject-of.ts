import { readFile } from 'node:fs/promises'
import { InvalidInputError } from '@heavylift/core'
import type { Keeper } from '../faults/keeper.ts'
import { processRef } from '../faults/process-identity.ts'
import { allowTarget } from '../load/target.ts'
import type { AskConsent } from '../load/target.ts'
import type { GameDayDefinition } from './definition.ts'
import type { Endpoint } from './probe.ts'
import type { Dependency, Subject } from './subject.ts'

export interface Consent {
  /** The secret that consents are made from. */
  token: string | null
  ask: AskConsent
}

/**
 * The service that a definition names, with a proxy before each of its dependencies.
 * @throws HeavyliftError `target-refused` where the host has not consented, `blast-radius` where a dependency is not on this machine
 */
export async function subjectOf(
  definition: GameDayDefinition,
  keeper: Keeper,
  { token, ask }: Consent,
): Promise<Subject> {
  const target = await allowTarget(definition.target, token, ask)
  if (target.protocol !== 'http:')
    throw new InvalidInputError({
      code: 'target-invalid',
      message: 'Game days speak plain HTTP. Give the address behind the TLS end.',
    })
  if (definition.endpoints.length === 0)
    throw new InvalidInputError({
      code: 'game-day-invalid',
      message: 'endpoints: name at least one that is asked, as { name, path }.',
    })
  const dependencies: Dependency[] = []
  for (const { name, host, port, listen, protocol, isOptional } of definition.dependencies) {
    const proxy = await keeper.openProxy(name, { host, port, listen, protocol })
    // What experiments do to dependencies a resolver cannot have; it has its faults by name.
    if (protocol === 'tcp') dependencies.push({ name, isOptional, proxy })
  }
  return {
    // The address that consented, whatever its name says later.
    url: new URL(`http://${target.host.includes(':') ? `[${target.host}]` : target.host}:${target.port}`),
    endpoints: definition.endpoints.map((one): Endpoint => {
      const { name, method, path, body, isStream } = one
      const headers = { host: target.authority, ...one.headers }
      return { name, method, path, isStream, headers, ...(body === undefined ? {} : { body }) }
    }),
    dependencies,
    processes: definition.processes.map(({ name, pid, pidFile, isEntry }) => ({
      name,
      isEntry,
      find: async () => processRef(pid ?? (pidFile === undefined ? 0 : await pidIn(pidFile))),
    })),
    clocks: definition.clocks,
    patienceMs: definition.patienceMs,
    mostRatePerSecond: definition.mostRatePerSecond,
  }
}

async function pidIn(file: string): Promise<number> {
  const pid = Number((await readFile(file, 'utf8')).trim())
  if (!Number.isInteger(pid))
    throw new InvalidInputError({ code: 'process-unknown', message: `${file} holds no number of a process.` })
  return pid
}
