import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { MeasureInput } from '@heavylift/core'
import { sleep } from '@heavylift/core/async'
import { median, roundTo } from '@heavylift/core/math'
import { HttpClient, postBytes } from '../overhead/http-client.ts'
import { busyPlan, planAddresses } from '../overhead/plan.ts'
import { forkServer, useOf } from '../overhead/target.ts'
import { startGatewayProgram } from './gateway-program.ts'

const warmStarts = 2
const calls = 1_000
/** Time for what a start or a burst of calls leaves to be done, and to be given back. */
const settleMs = 14_000

/**
 * `heavylift gateway` as a process: time from its beginning until it listens and until the first call is answered, and the memory that it has
 * after that and after 1,000 calls, each time once it has had 14 s of rest; `residentBusyMb` is right after the calls. `cold`: before anything was compiled, as the first time after an update. Reads `/proc`, so it needs Linux.
 */
export async function runStart({ options, report, signal }: MeasureInput) {
  const command = typeof options?.['command'] === 'string' ? options['command'].split(' ') : ['gateway']
  const folder = await mkdtemp(join(tmpdir(), 'heavylift-start-'))
  const upstream = await forkServer('../overhead/upstream-child.ts', {}, signal)
  try {
    const looks = []
    for (let start = 0; start <= warmStarts; start++) {
      report({ stage: start === 0 ? 'cold' : 'warm', done: start, total: warmStarts + 1, unit: 'starts' })
      looks.push(await lookAtStart(command, folder, start, upstream.address, signal))
    }
    const [cold, ...warm] = looks
    const middle = (read: (look: Look) => number) => roundTo(median(warm.map(read)), 1)
    return {
      n: warmStarts + 1,
      metrics: {
        startMs: middle(({ startMs }) => startMs),
        firstCallMs: middle(({ firstCallMs }) => firstCallMs),
        residentAtStartMb: middle(({ residentAtStartMb }) => residentAtStartMb),
        residentBusyMb: middle(({ residentBusyMb }) => residentBusyMb),
        residentMb: middle(({ residentMb }) => residentMb),
        coldStartMs: roundTo(cold?.startMs ?? NaN, 1),
        coldFirstCallMs: roundTo(cold?.firstCallMs ?? NaN, 1),
        coldResidentMb: roundTo(cold?.residentMb ?? NaN, 1),
      },
    }
  } finally {
    await upstream.stop()
    await rm(folder, { recursive: true })
  }
}

interface Look {
  startMs: number
  firstCallMs: number
  residentAtStartMb: number
  residentBusyMb: number
  residentMb: number
}

async function lookAtStart(
  command: readonly string[],
  folder: string,
  start: number,
  upstream: string,
  signal: AbortSignal,
): Promise<Look> {
  const home = join(folder, `home-${start}`)
  await mkdir(home)
  const program = await startGatewayProgram({
    command,
    home,
    table: {
      providers: { own: { kind: 'openai', replicas: planAddresses(upstream, busyPlan) } },
      models: { answers: { targets: [{ provider: 'own', model: 'bench' }] } },
    },
    // The first start finds it empty.
    env: { NODE_COMPILE_CACHE: join(folder, 'compiled') },
    signal,
  })
  try {
    const startMs = performance.now() - program.spawnedMs
    const client = new HttpClient(program.address)
    const call = postBytes(
      program.address,
      '/v1/chat/completions',
      { authorization: `Bearer ${program.key}` },
      '{"model":"answers","messages":[{"role":"user","content":"Hello"}]}',
    )
    while ((await client.send(call, false)).status !== 200) {
      signal.throwIfAborted()
      await sleep(2)
    }
    const firstCallMs = performance.now() - program.spawnedMs
    await sleep(settleMs, signal)
    const pid = program.child.pid ?? 0
    const residentAtStartMb = useOf(pid).rssBytes / 1e6
    for (let done = 1; done < calls; done++) {
      signal.throwIfAborted()
      const { status } = await client.send(call, false)
      if (status !== 200) throw new Error(`Call ${done} was answered with ${status}.`)
    }
    const residentBusyMb = useOf(pid).rssBytes / 1e6
    await sleep(settleMs, signal)
    const residentMb = useOf(pid).rssBytes / 1e6
    client.close()
    return { startMs, firstCallMs, residentAtStartMb, residentBusyMb, residentMb }
  } finally {
    await program.stop()
  }
}
