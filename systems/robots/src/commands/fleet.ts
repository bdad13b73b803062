import { appendFileSync } from 'node:fs'
import type { CommandInput } from '@heavylift/core'
import { badRadio, noFaults } from '../control/fleet/faults.ts'
import { runFleet } from '../control/fleet/run-fleet.ts'
import { usualBuild } from '../control/fleet/simulated-robot.ts'
import { readFloorFile } from '../control/floor-file.ts'
import { floorPlaces } from '../control/release/floor-places.ts'
import { countOf, textOf } from './options.ts'

const reportMs = 1_000

/** `heavylift robots fleet`: until it is stopped. */
export async function runFleetCommand({ options, print, report, signal }: CommandInput): Promise<unknown> {
  const file = await readFloorFile(textOf(options, 'floor'))
  const truth = textOf(options, 'truth', '')
  const [from, to] = [countOf(options, 'from', 0), countOf(options, 'to', file.robots.length)]
  const driveMs = countOf(options, 'driveMs', usualBuild.driveMs)
  const share = driveMs / usualBuild.driveMs
  const fleet = runFleet({
    url: textOf(options, 'broker', 'mqtt://127.0.0.1:1883'),
    places: floorPlaces(file.map, file.floorId, file.cellMetres),
    robots: file.robots.map((robot, number) => ({ ...robot, robot: number })).slice(from, to),
    build: { driveMs, turnMs: usualBuild.turnMs * share, actionMs: usualBuild.actionMs * share },
    faults: options['badRadio'] === true ? badRadio : noFaults,
    seed: file.run,
    onTrue(robot, event) {
      if (truth === '') return
      const { kind, atMs } = event
      const name = 'nodeId' in event ? event.nodeId : 'actionId' in event ? event.actionId : ''
      // At once, so that it outlives this process.
      appendFileSync(truth, `${JSON.stringify({ robot, kind, name, atMs })}\n`)
    },
  })
  print(`Robots ${from} to ${to - 1}. Ctrl-C stops them.`)
  const timer = setInterval(
    () => report({ stage: 'connected', done: fleet.up(), total: to - from, unit: 'robots' }),
    reportMs,
  )
  await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }))
  clearInterval(timer)
  const result = { robots: to - from, received: fleet.received(), schemaErrors: fleet.schemaErrors() }
  fleet.close()
  return result
}
