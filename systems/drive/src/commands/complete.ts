import type { CompleteInput } from '@heavylift/core'
import { clearancesIn, newestFirst } from '../clearance/cases/find-case.ts'
import { builtInScenarios } from '../clearance/suites/built-in-scenarios.ts'
import { librarySuites } from '../clearance/suites/library-suites.ts'
import { readVersions } from '../driver/versions/versions-file.ts'

export async function completeVersion({ configDir = '.' }: CompleteInput): Promise<string[]> {
  return (await readVersions(configDir)).map(({ name }) => name)
}

export function completeSuite(): string[] {
  return Object.keys(librarySuites)
}

export function completeScenario(): string[] {
  return builtInScenarios.map(({ name }) => name)
}

/** Ids of the clearances on this machine, newest first. */
export function completeClearance(input: CompleteInput): Promise<string[]> {
  return newestFirst(clearancesIn(input))
}
