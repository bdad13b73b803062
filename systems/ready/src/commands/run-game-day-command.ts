import { readFile, writeFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { InvalidInputError } from '@heavylift/core'
import type { CommandInput } from '@heavylift/core'
import { sleep } from '@heavylift/core/async'
import { readGameDay, sampleGameDay } from '../game-day/definition.ts'
import type { Place } from '../game-day/chaos-toolkit-actions.ts'
import type { GameDay } from '../game-day/game-days.ts'
import { readChaosToolkit } from '../game-day/read-chaos-toolkit.ts'
import { gameDayHtml } from '../game-day/report-html.ts'

/** `heavylift ready game-day`: exit 0 where the hypothesis stands, 5 where it does not. Ctrl-C aborts the day, and its faults with it. */
export async function runGameDayCommand({
  args,
  options,
  api,
  report,
  print,
  signal,
}: Pick<CommandInput, 'args' | 'options' | 'api' | 'report' | 'print' | 'signal'>) {
  const given = args['file'] === undefined ? sampleGameDay : await readFile(resolve(args['file']), 'utf8')
  const owner = typeof options['owner'] === 'string' ? options['owner'] : 'nobody named'
  const target = options['target']
  const experiment = readChaosToolkit(given, {
    owner,
    ...(typeof target === 'string' ? { target } : {}),
    places: placesIn(typeof options['at'] === 'string' ? options['at'] : ''),
  })
  for (const { where, advice } of experiment?.left ?? []) print(`${where}: ${advice}`)
  const definition = experiment === null ? given : JSON.stringify(experiment.definition)
  readGameDay(definition)
  const started = await api('/api/ready/game-days', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ definition }),
  })
  let day = (await started.json()) as GameDay
  let isAborted = false
  while (day.endedAtMs === null) {
    if (signal.aborted && !isAborted) {
      isAborted = true
      await api(`/api/ready/game-days/${day.id}/abort`, { method: 'POST' })
    }
    report({ stage: day.stage, done: day.report.seconds.length, unit: 'seconds' })
    await sleep(500)
    day = (await (await api(`/api/ready/game-days/${day.id}`)).json()) as GameDay
  }
  const out = resolve(typeof options['out'] === 'string' ? options['out'] : 'game-day.html')
  await writeFile(out, gameDayHtml(day))
  for (const { kind, at, evidence } of day.report.findings) print(`${kind} at ${at}: ${evidence}`)
  print(`${day.report.findings.length} weaknesses, owner ${day.owner}. Report: ${out}`)
  const verdict =
    day.report.holds === null ? ('undecided' as const) : day.report.holds ? ('yes' as const) : ('no' as const)
  return { verdict, ...day }
}

/** @throws InvalidInputError `place-invalid` for what is neither a place nor a process */
function placesIn(text: string): Record<string, Place> {
  const entries = text.split(',').filter((one) => one !== '')
  return Object.fromEntries(
    entries.map((one) => {
      const [, name, where = ''] = /^\s*([^=]+)=(.+?)\s*$/.exec(one) ?? []
      const [, host, port] = /^([\w.-]+):(\d{1,5})$/.exec(where) ?? []
      if (name === undefined)
        throw new InvalidInputError({
          code: 'place-invalid',
          message: `"${one}" says no place. Write name=127.0.0.1:port, name=pid or name=file of a pid.`,
        })
      if (host !== undefined) return [name, { host, port: Number(port) }]
      return [name, /^\d+$/.test(where) ? { pid: Number(where) } : { pidFile: where }]
    }),
  )
}
