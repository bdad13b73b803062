import { basename } from 'node:path'
import { parseCommonRoad } from '../../world/commonroad/parse-commonroad.ts'
import { writeOpenDrive } from '../../world/opendrive/write-opendrive.ts'
import { parseXml } from '../../world/xml/parse-xml.ts'
import type { DriveLog } from './drive-log.ts'
import { LogBuilder } from './log-builder.ts'

/** A CommonRoad scene as a log: its recorded road users on its lanelets. Rejects with `drive-file-invalid`, `log-invalid`. */
export function readCommonRoad(path: string, text: string, ego: string | null): DriveLog {
  const { obstacles, network, benchmark } = parseCommonRoad(parseXml(text, path))
  const builder = new LogBuilder(basename(path))
  const last = Math.max(0, ...obstacles.flatMap(({ states }) => states.map(({ timeS }) => timeS)))
  const rows = obstacles
    .flatMap(({ id, kind, lengthM, widthM, states }) => {
      const agent = { name: id, kind, lengthM, widthM, heightM: 1.5 }
      const [first] = states
      // What stands has one state for the whole of the scene.
      const all = states.length === 1 && first ? [first, { ...first, timeS: last }] : states
      return all.map((state) => ({ agent, state }))
    })
    .toSorted((a, b) => a.state.timeS - b.state.timeS)
  for (const { agent, state } of rows) {
    const { timeS, x, y, heading, speedMps } = state
    builder.time(timeS)
    builder.state(builder.agent(agent), [x, y, heading, speedMps, NaN, 0])
  }
  return builder.build(ego, writeOpenDrive(network, { name: benchmark }), path)
}
