import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import type { CommandInput } from '@heavylift/core'
import { eventScenario, roadsOf } from '../clearance/logs/event-scenario.ts'
import { mineEvents } from '../clearance/logs/mine-events.ts'
import { columnNames } from '../clearance/logs/read-csv.ts'
import { readLog } from '../clearance/logs/read-log.ts'
import { readOrExplain } from '../world/xml/missing-file.ts'
import { writeOpenDrive } from '../world/opendrive/write-opendrive.ts'
import { writeOpenScenario } from '../world/openscenario/write-openscenario.ts'

/** `heavylift drive mine LOG`: what happened in a log as scenarios. */
export async function runMine({ args, options, print }: CommandInput) {
  const path = args['log'] ?? ''
  const { columns, ego, topics } = options
  const log = await readLog(path, {
    ego: typeof ego === 'string' ? ego : null,
    columns: typeof columns === 'string' ? columnNames(columns) : {},
    topics: typeof topics === 'string' ? topics.split(',').map((topic) => topic.trim()) : null,
  })
  if (log.otherTopics && log.otherTopics.length > 0)
    print(`Not taken, by --topics they would be: ${log.otherTopics.join(', ')}.`)
  const roads = options['roads']
  if (typeof roads === 'string') log.roads = await readOrExplain(roads, readFile(roads, 'utf8'))
  const folder = typeof options['out'] === 'string' ? options['out'] : 'mined'
  const events = mineEvents(log)
  const name = basename(path)
    .replace(/(\.gz)?$/, '')
    .replace(/\.[^.]+$/, '')
  const roadFile = `${name}.xodr`
  const files: string[] = []
  if (events.length > 0) {
    await mkdir(folder, { recursive: true })
    await writeFile(join(folder, roadFile), writeOpenDrive(roadsOf(log), { name }))
  }
  for (const [index, event] of events.entries()) {
    const file = join(folder, `${name}-${index + 1}-${event.kind}.xosc`)
    const text = writeOpenScenario(eventScenario(log, event, roadFile), {
      description: `${event.kind} at ${event.timeS.toFixed(2)} s of ${basename(path)}: ${event.detail}`,
    })
    await writeFile(file, text)
    files.push(file)
    print(`${event.timeS.toFixed(2)} s  ${event.kind}: ${event.detail}`)
    print(`  ${file}`)
  }
  print(
    events.length === 0
      ? `Nothing of note in ${log.times.length} states of ${log.agents.length} agents.`
      : `Run one: npx heavylift drive run ${files[0]} --version pdm`,
  )
  return { events: events.map((event, index) => ({ ...event, file: files[index] })) }
}
