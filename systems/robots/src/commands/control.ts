import { readFile } from 'node:fs/promises'
import { createRandom, InvalidInputError, silentLogger, systemClock } from '@heavylift/core'
import type { CommandInput } from '@heavylift/core'
import { openStore } from '@heavylift/store'
import { connectBus } from '../control/broker/connect-bus.ts'
import { readFloorFile } from '../control/floor-file.ts'
import type { FloorFile } from '../control/floor-file.ts'
import { runControl as control } from '../control/run-control.ts'
import type { ControlPart } from '../control/run-control.ts'
import { FloorLog } from '../control/store/floor-log.ts'
import type { StoredFloor } from '../control/store/floor-log.ts'
import { usualSession } from '../control/session/robot-session.ts'
import type { Gateway } from '../control/session/gateway.ts'
import { readFloor } from '../floor/read-floor.ts'
import { migrations } from '../migrations/migrations.ts'
import { placesOf } from '../floor/places.ts'
import { countOf, textOf } from './options.ts'

const tenantId = 'main'

/** `heavylift robots control`: plans a floor and commands its robots until it is stopped, or stands by while another does. */
export async function runControl({ options, print, signal, dataDir }: CommandInput): Promise<unknown> {
  const file = await readFloorFile(textOf(options, 'floor'))
  const part = textOf(options, 'part', 'both')
  if (part !== 'planner' && part !== 'gateway' && part !== 'both')
    throw new InvalidInputError({ code: 'option-invalid', message: '--part is planner or gateway.' })
  const host = await openStore({
    dataDir,
    databaseUrl: textOf(options, 'database'),
    log: silentLogger,
    clock: systemClock,
  })
  try {
    await host.migrate('robots', migrations)
    const store = host.forSystem('robots')
    const log = new FloorLog(store, { tenantId, floorId: file.floorId })
    const kept = await log.floor()
    if (kept === null) await log.create(file, new Date(systemClock.nowMs()))
    else checkSame(file, kept)
    await addMadeTasks(log, file.map, countOf(options, 'tasks', 0))
    const caFile = textOf(options, 'ca', '')
    const ca = caFile === '' ? null : await readFile(caFile, 'utf8')
    const password = textOf(options, 'password', '')
    const parts: ControlPart[] = part === 'both' ? ['planner', 'gateway'] : [part]
    print(`${parts.join(' and ')} of ${file.floorId}, or standing by. Ctrl-C stops it.`)
    const brokerUrl = textOf(options, 'broker', 'mqtt://127.0.0.1:1883')
    const { protocol, host: brokerHost } = new URL(brokerUrl)
    let gateway: Gateway | null = null
    await control({
      store,
      log,
      parts,
      connect: (until) =>
        connectBus(
          {
            url: brokerUrl,
            ...(password === '' ? {} : { user: textOf(options, 'user', 'control'), password }),
            ...(ca === null ? {} : { ca }),
          },
          until,
        ),
      clock: systemClock,
      logger: silentLogger,
      signal,
      stepMs: countOf(options, 'stepMs', 200),
      settings: { ...usualSession, parameters: parametersOf(textOf(options, 'parameters', '')) },
      broker: `${protocol}//${brokerHost}`,
      onGateway: (started) => (gateway = started),
    })
    const led = gateway as Gateway | null
    return {
      ...(await log.countTasks()),
      ...(led === null ? {} : { counts: { ...led.counts, resent: led.resent }, troubles: led.troubles() }),
    }
  } finally {
    await host.close()
  }
}

/** @throws InvalidInputError `floor-differs` where a floor of this name is kept that is another: all its robots would be where they cannot be */
function checkSame({ floorId, run, robots }: FloorFile, kept: StoredFloor): void {
  if (run === kept.run && robots.length === kept.robots.length) return
  throw new InvalidInputError({
    code: 'floor-differs',
    message: `This database has a floor ${floorId} already, of run ${kept.run} with ${kept.robots.length} robots; the file is of run ${run} with ${robots.length}. Take the file that the floor began with, or give this one a floorId of its own.`,
  })
}

function parametersOf(list: string) {
  return list
    .split(',')
    .filter((one) => one.includes('='))
    .map((one) => ({ key: one.slice(0, one.indexOf('=')), value: one.slice(one.indexOf('=') + 1) }))
}

async function addMadeTasks(log: FloorLog, map: string, count: number): Promise<void> {
  if (count === 0) return
  const { cells, faces, stations } = placesOf(readFloor(map, 'the map'))
  const to = stations.length > 0 ? stations : cells
  const from = faces.length > 0 ? faces : to
  const random = createRandom(`tasks ${count}`)
  await log.addTasks(
    Array.from({ length: count }, () => [random.pick(from), random.pick(to)]),
    new Date(systemClock.nowMs()),
  )
}
