import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import type { CommandInput } from '@heavylift/core'
import { InvalidInputError, systemClock } from '@heavylift/core'
import { plural } from '@heavylift/core/text'
import { openJobsForCommand } from '@heavylift/jobs'
import { clearancesIn } from '../clearance/cases/find-case.ts'
import { mapsIn } from '../clearance/formats/maps-in.ts'
import { clearVersion } from '../clearance/clear-version.ts'
import { leastCases, moreOfFixed, planCases, planInWords, secondsPerCase } from '../clearance/plan-cases.ts'
import { parseLimits } from '../clearance/report/clearance-plan.ts'
import { versionNamed } from '../driver/versions/versions.ts'
import { readVersions } from '../driver/versions/versions-file.ts'
import { exposureOf } from '../clearance/suites/exposure.ts'
import { expandSuite } from '../clearance/suites/suite.ts'

/** `heavylift drive clear VERSION --suite SUITE`: is this version safe enough, with what confidence, and if not, show me. */
export async function runClear(input: CommandInput) {
  const { args, options, print, report, signal, configDir = '.' } = input
  const versions = await readVersions(configDir)
  const version = versionNamed(args['version'] ?? '', versions)
  const against = wordOf(options['against'])
  const reference = wordOf(options['reference']) ?? 'competent-human'
  const limits = parseLimits(wordOf(options['limit']) ?? '')
  const suiteWord = wordOf(options['suite']) ?? 'built-in'
  const suite = await expandSuite(suiteWord, {
    ...numberOf('n', '--cases', options['cases']),
    ...numberOf('seed', '--seed', options['seed']),
    least: leastCases(limits),
    maps: mapsIn(options),
  })
  if (suite.isFixed === true && wordOf(options['cases']) !== null)
    throw new InvalidInputError({
      code: 'option-invalid',
      message: `--cases says how many cases are drawn, and ${suiteWord} has ${plural(suite.count, 'case')}. ${moreOfFixed}`,
    })
  const jobs = openJobsForCommand(input)
  try {
    print(planInWords(planCases(suite, limits)))
    const versionsRun = against === null ? [version] : [version, versionNamed(against, versions)]
    let workS = 0
    for (const one of versionsRun)
      workS += suite.count * (await secondsPerCase(suite, one, () => systemClock.monotonicMs(), signal))
    if (options['slurm'] !== true)
      print(
        `It will take about ${inWords(workS / availableParallelism())} on ${plural(availableParallelism(), 'core')}, runs of the reference driver and pictures aside.`,
      )
    const startedMs = systemClock.monotonicMs()
    const cleared = await clearVersion(
      {
        version,
        against: against === null ? null : versionNamed(against, versions),
        reference: reference === 'none' ? null : versionNamed(reference, versions),
        suite,
        limits,
        exposureOf,
      },
      {
        jobs,
        executor: options['slurm'] === true ? 'slurm' : 'local',
        folder: clearancesIn(input),
        clock: systemClock,
        report,
        signal,
      },
    )
    const { verdict, headline, reasons, casesToShow, n, failures, blockerCount, struck } = cleared.report
    const seconds = (systemClock.monotonicMs() - startedMs) / 1000
    print(
      `${version.name} on ${suite.name}: ${verdict}. ${plural(n, 'case')}, ${failures} failed, ${blockerCount} blockers, ${struck} struck by others, ${seconds.toFixed(1)} s.`,
    )
    print(headline)
    if (casesToShow !== null)
      print(
        suite.isFixed === true
          ? moreOfFixed
          : `Enough cases: npx heavylift drive clear ${version.name} --suite ${suiteWord} --cases ${casesToShow}`,
      )
    for (const reason of reasons.slice(0, 10)) print(`  ${reason}`)
    print(`Report: ${join(cleared.folder, 'report.html')}`)
    return { ...cleared, verdict: answers[verdict], seconds }
  } finally {
    await jobs.close()
  }
}

/** To a second below two minutes, to a minute above. */
function inWords(seconds: number): string {
  return seconds < 120 ? `${Math.ceil(seconds)} s` : plural(Math.ceil(seconds / 60), 'minute')
}

const answers = { cleared: 'yes', 'not cleared': 'no', undecided: 'undecided' } as const

function wordOf(option: string | boolean | undefined): string | null {
  return typeof option === 'string' && option !== '' ? option : null
}

function numberOf(
  name: 'n' | 'seed',
  flag: string,
  option: string | boolean | undefined,
): { n?: number; seed?: number } {
  const word = wordOf(option)
  if (word === null) return {}
  const value = Number(word)
  if (!Number.isInteger(value) || value < 0)
    throw new InvalidInputError({
      code: 'option-invalid',
      message: `${flag} takes a whole number, not ${word}.`,
    })
  return { [name]: value }
}
