import { formatTable } from '@heavylift/core/text'
import { resolve } from 'node:path'
import type { Measure, MeasuredResult } from '@heavylift/core'
import { findNearest } from '@heavylift/core/runtime/nearest'
import { createProgressRenderer } from '@heavylift/core/runtime/progress-bar'
import type { Command } from 'commander'
import type { CliContext, CliSystem } from '../cli-context.ts'
import { CliError, exitCodes } from '../exit-codes.ts'
import { formatNumber, printJson } from '../output.ts'

export type MeasureKind = 'eval' | 'bench'

export interface MeasureOptions {
  data?: string
  json?: boolean
  strict?: boolean
}

/**
 * Runs `<system>.<name>` and prints its result: one JSON object with `--json`, else a table with goals. `own` is what else was
 * on the command line, for options of the measure itself.
 */
export async function runMeasure(
  context: CliContext,
  kind: MeasureKind,
  fullName: string,
  options: MeasureOptions,
  own: { words: string[]; command: Command },
): Promise<void> {
  const measure = findMeasure(await systemsNamed(context, fullName), kind, fullName)
  const ownOptions = readOptions(context, measure, own)
  const progress = createProgressRenderer(context.stderr)
  const startedMs = performance.now()
  const measured = await measure.run({
    dataDir: options.data === undefined ? null : resolve(context.cwd, options.data),
    options: ownOptions,
    report: progress.report,
    signal: context.signal,
  })
  progress.finish()
  const { n, metrics, baseline, peers, sources, worst, intervals, failures, notes } = measured
  const result: MeasuredResult = {
    name: fullName,
    version: context.version,
    n,
    metrics,
    ...(baseline === undefined ? {} : { baseline }),
    ...(peers === undefined ? {} : { peers }),
    ...(sources === undefined ? {} : { sources }),
    ...(worst === undefined ? {} : { worst }),
    ...(intervals === undefined ? {} : { intervals }),
    ...(failures === undefined ? {} : { failures }),
    ...(notes === undefined ? {} : { notes }),
    seconds: Math.round(performance.now() - startedMs) / 1_000,
  }
  if (options.json === true) printJson(context.stdout, result)
  else context.stdout.write(`${formatResult(result, measure)}\n`)

  const missed = Object.keys(measure.goals ?? {}).filter(
    (metric) => verdict(measure, metric, metrics[metric]) !== 'pass',
  )
  if (options.strict === true && missed.length > 0) {
    throw new CliError({
      code: 'goal-missed',
      message: `${fullName} falls short of its goal: ${missed.join(', ')}.`,
      exitCode: exitCodes.goalMissed,
    })
  }
}

/** The one system of `<system>.<name>`; every one when there is none of that name, so that a message can list what exists. */
async function systemsNamed(context: CliContext, fullName: string): Promise<CliSystem[]> {
  const name = fullName.split('.')[0]
  const found = context.systems.filter((system) => system.name === name)
  const one = await Promise.all(found.map((system) => system.load()))
  const hasIt = one.some((system) =>
    [...system.evals, ...system.benches].some((measure) => `${system.name}.${measure.name}` === fullName),
  )
  return hasIt ? one : Promise.all(context.systems.map((system) => system.load()))
}

/** Prints every measure of a kind with its options. */
export async function listAllMeasures(
  context: CliContext,
  kind: MeasureKind,
  options: MeasureOptions,
): Promise<void> {
  const all = listMeasures(await Promise.all(context.systems.map((system) => system.load())), kind)
  if (options.json === true) {
    printJson(
      context.stdout,
      all.map(({ name, measure }) => ({
        name,
        summary: measure.summary,
        goals: measure.goals ?? {},
        options: measure.options ?? [],
      })),
    )
    return
  }
  const lines = all.flatMap(({ name, measure }) => [
    `${name.padEnd(24)} ${measure.summary}`,
    ...(measure.options ?? []).map(({ flags, summary }) => `${' '.repeat(26)}${flags}  ${summary}`),
  ])
  context.stdout.write(`${lines.join('\n') || `No system has one yet.`}\n`)
}

/** Every measure of a kind, as `<system>.<name>`. */
export function listMeasures(systems: CliSystem[], kind: MeasureKind): { name: string; measure: Measure }[] {
  return systems.flatMap((system) =>
    (kind === 'eval' ? system.evals : system.benches).map((measure) => ({
      name: `${system.name}.${measure.name}`,
      measure,
    })),
  )
}

function findMeasure(systems: CliSystem[], kind: MeasureKind, fullName: string): Measure {
  const all = listMeasures(systems, kind)
  const found = all.find(({ name }) => name === fullName)
  if (found !== undefined) return found.measure
  const near = findNearest(
    fullName,
    all.map(({ name }) => name),
  )
  const lines = all.map(({ name, measure }) => `  ${name.padEnd(24)} ${measure.summary}`)
  throw new CliError({
    code: `${kind}-unknown`,
    message: [
      `There is no ${kind} "${fullName}".${near === null ? '' : ` Did you mean ${near}?`}`,
      all.length === 0 ? `No system has one yet.` : `There are:\n${lines.join('\n')}`,
    ].join(' '),
    exitCode: exitCodes.usage,
  })
}

/** Options that the measure declares. Exits with the usage code for any other. */
function readOptions(
  context: CliContext,
  measure: Measure,
  { words, command }: { words: string[]; command: Command },
): Record<string, string | boolean> {
  const declared = measure.options ?? []
  // Stands for the command itself, so that its messages and exit are the same.
  const reader = command
    .createCommand(command.name())
    .copyInheritedSettings(command)
    .allowExcessArguments(false)
  for (const { flags, summary } of declared) reader.option(flags, summary)
  reader.parse(words, { from: 'user' })
  const given = reader.opts<Record<string, string | boolean>>()
  for (const option of reader.options) {
    const value = given[option.attributeName()]
    if (typeof value === 'string' && /<(dir|file)>/.test(option.flags))
      given[option.attributeName()] = resolve(context.cwd, value)
  }
  return given
}

/** `pass`, `falls short`, or empty where there is no goal. A metric that is absent or not a number falls short. */
export function verdict(measure: Measure, metric: string, value: number | undefined): string {
  const goal = measure.goals?.[metric]
  if (goal === undefined) return ''
  if (value === undefined || Number.isNaN(value)) return 'falls short'
  const isLow = goal.atLeast !== undefined && value < goal.atLeast
  const isHigh = goal.atMost !== undefined && value > goal.atMost
  return isLow || isHigh ? 'falls short' : 'pass'
}

function formatResult(result: MeasuredResult, measure: Measure): string {
  const compared = Object.entries({
    ...(result.peers ?? (result.baseline === undefined ? {} : { baseline: result.baseline })),
    ...result.sources,
  })
  const names = new Set([
    ...Object.keys(result.metrics),
    ...compared.flatMap(([, metrics]) => Object.keys(metrics)),
    ...Object.keys(measure.goals ?? {}),
  ])
  const cell = (value: number | undefined): string => (value === undefined ? '–' : formatNumber(value))
  const rows = [...names].map((metric) => [
    metric,
    cell(result.metrics[metric]),
    ...compared.map(([, metrics]) => cell(metrics[metric])),
    formatGoal(measure.goals?.[metric]),
    verdict(measure, metric, result.metrics[metric]),
  ])
  const peerNames = compared.map(([name]) => name)
  return [
    `${result.name}: ${measure.summary}`,
    '',
    formatTable(['metric', 'measured', ...peerNames, 'goal', ''], rows, ['measured', ...peerNames, 'goal']),
    '',
    ...(result.failures ?? []).map((failure) => `  ${failure}`),
    ...(result.notes ?? []),
    `n = ${result.n.toLocaleString('en')}, ${formatNumber(result.seconds)} s, version ${result.version}`,
  ].join('\n')
}

function formatGoal(goal: { atLeast?: number; atMost?: number } | undefined): string {
  if (goal === undefined) return ''
  const parts = []
  if (goal.atLeast !== undefined) parts.push(`≥ ${formatNumber(goal.atLeast)}`)
  if (goal.atMost !== undefined) parts.push(`≤ ${formatNumber(goal.atMost)}`)
  return parts.join(', ')
}
