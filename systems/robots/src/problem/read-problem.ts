import { basename, dirname, join } from 'node:path'
import { z } from 'zod'
import { partsOf } from '../floor/floor.ts'
import type { Floor } from '../floor/floor.ts'
import { readMap } from '../floor/read-map.ts'
import type { Problem, Rules } from './problem.ts'
import { brokenFile, parseJsonFile, readTextFile } from './read-file.ts'

const problemFile = z.object({
  mapFile: z.string(),
  agentFile: z.string(),
  teamSize: z.int().min(1).max(1_000_000),
  taskFile: z.string(),
  numTasksReveal: z.number().positive().max(1000).default(1),
  version: z.string().default('2024 LoRR'),
  agentSize: z.number().positive().max(1).default(1),
  agentCounter: z.int().min(1).max(1000).default(10),
  delayConfig: z
    .object({
      seed: z.int().default(0),
      minDelay: z.int().min(0).default(1),
      maxDelay: z.int().min(0).default(1),
      eventModel: z.enum(['bernoulli', 'poisson']).default('bernoulli'),
      pDelay: z.number().min(0).max(1).default(0),
      durationModel: z.enum(['uniform', 'gaussian']).default('uniform'),
      gaussMeanRatio: z.number().default(0.5),
      gaussStdRatio: z.number().min(0).default(0.2),
    })
    .refine((delays) => delays.minDelay <= delays.maxDelay, 'minDelay is above maxDelay')
    .optional(),
})

/** True where a JSON file says that it is a problem, whatever else is wrong with it. */
export const isProblem = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && 'mapFile' in value && 'agentFile' in value

/**
 * Reads a problem of the League of Robot Runners, rules of 2024 or 2026 (`*.json` with map, agents and tasks beside it).
 * @throws InvalidInputError `problem-invalid`, `map-invalid`, `file-unreadable` or `file-too-large`, with file and line
 */
export async function readProblem(path: string): Promise<Problem> {
  const described = problemFile.safeParse(parseJsonFile(await readTextFile(path), path))
  if (!described.success) {
    const [issue] = described.error.issues
    throw brokenFile(path, null, `${issue?.path.join('.') || 'it'}: ${issue?.message}`)
  }
  const { mapFile, agentFile, teamSize, taskFile, numTasksReveal } = described.data
  const folder = dirname(path)
  const floor = readMap(await readTextFile(join(folder, mapFile)), mapFile)
  const parts = partsOf(floor)
  const starts = readStarts(await readTextFile(join(folder, agentFile)), agentFile, teamSize, floor)
  const { tasks, skipped } = readTasks(await readTextFile(join(folder, taskFile)), taskFile, floor, parts)
  if (tasks.length === 0) throw brokenFile(taskFile, null, 'it holds no task that can be finished.')
  return {
    name: basename(path, '.json'),
    rules: rulesOf(described.data),
    floor,
    starts,
    tasks,
    revealed: numTasksReveal,
    skipped,
  }
}

function rulesOf({ version, agentSize, agentCounter, delayConfig }: z.output<typeof problemFile>): Rules {
  if (!version.startsWith('2026')) return { round: '2024' }
  const delays =
    delayConfig === undefined
      ? null
      : {
          seed: delayConfig.seed,
          least: delayConfig.minDelay,
          most: delayConfig.maxDelay,
          event: delayConfig.eventModel,
          probability: delayConfig.pDelay,
          duration: delayConfig.durationModel,
          meanShare: delayConfig.gaussMeanRatio,
          deviationShare: delayConfig.gaussStdRatio,
        }
  return { round: '2026', ticks: agentCounter, size: agentSize, delays }
}

/** Lines of a file of the kit with their numbers: what begins with `#` and empty ones are passed over, the first is the count. */
function countedLines(
  text: string,
  file: string,
): { count: number; lines: { number: number; text: string }[] } {
  const lines = text
    .split(/\r?\n/)
    .map((line, index) => ({ number: index + 1, text: line.trim() }))
    .filter((line) => line.text !== '' && !line.text.startsWith('#'))
  const count = Number(lines[0]?.text)
  if (!Number.isInteger(count) || count < 0)
    throw brokenFile(file, lines[0]?.number ?? 1, 'the first line says how many follow.')
  if (lines.length - 1 < count)
    throw brokenFile(file, lines.at(-1)!.number, `it says ${count} and holds ${lines.length - 1}.`)
  return { count, lines: lines.slice(1, count + 1) }
}

function readStarts(text: string, file: string, teamSize: number, floor: Floor): Int32Array {
  const { lines, count } = countedLines(text, file)
  if (count < teamSize) throw brokenFile(file, null, `the team has ${teamSize} robots, the file ${count}.`)
  const takenBy = new Map<number, number>()
  return Int32Array.from(lines.slice(0, teamSize), ({ number, text: line }, robot) => {
    const cell = cellOf(line, floor, file, number)
    if (floor.isFree[cell] === 0)
      throw brokenFile(file, number, `robot ${robot} stands on a wall (cell ${cell}).`)
    const other = takenBy.get(cell)
    if (other !== undefined)
      throw brokenFile(file, number, `robots ${other} and ${robot} stand on one cell (${cell}).`)
    takenBy.set(cell, robot)
    return cell * 4
  })
}

function readTasks(
  text: string,
  file: string,
  floor: Floor,
  parts: Int32Array,
): { tasks: Int32Array[]; skipped: Problem['skipped'] } {
  const tasks: Int32Array[] = []
  const skipped: Problem['skipped'] = []
  for (const { number, text: line } of countedLines(text, file).lines) {
    const errands = Int32Array.from(line.split(','), (cell) => cellOf(cell, floor, file, number))
    const wall = errands.find((cell) => floor.isFree[cell] === 0)
    const pocket = errands.find((cell) => parts[cell] !== parts[errands[0]!])
    if (wall !== undefined) skipped.push({ line: number, why: `cell ${wall} is a wall` })
    else if (pocket !== undefined)
      skipped.push({ line: number, why: `cell ${pocket} cannot be reached from the others` })
    else if (parts[errands[0]!] !== 0)
      skipped.push({ line: number, why: `cell ${errands[0]} is in a pocket` })
    else tasks.push(errands)
  }
  return { tasks, skipped }
}

function cellOf(text: string, { isFree }: Floor, file: string, line: number): number {
  const cell = Number(text)
  if (text.trim() === '' || !Number.isInteger(cell) || cell < 0 || cell >= isFree.length)
    throw brokenFile(file, line, `"${text.slice(0, 40)}" is no cell of the map (0 to ${isFree.length - 1}).`)
  return cell
}
