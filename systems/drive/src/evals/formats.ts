import { basename, dirname, relative, sep } from 'node:path'
import type { MeasureInput } from '@heavylift/core'
import { checkFile, isOfFormat, kindOfMessage } from '../clearance/formats/check-file.ts'
import { filesBelow, sampleDir } from '../clearance/variations/files-below.ts'
import { mapsIn } from '../clearance/formats/maps-in.ts'
import { ScenarioFiles } from '../world/openscenario/load-scenario.ts'

/** By the names that test files of the standards have: `…_invalid`, `negative…`; `…_valid`, `positive…`. */
const brokenName = /invalid|negative/i
const validName = /valid|positive/i

/** Files of roads and scenarios below a folder: how many are read, and whether what is broken by its name is named. */
export async function runFormatsEval({ dataDir, options, report, signal }: MeasureInput) {
  const root = dataDir ?? sampleDir
  const files = (await filesBelow(root)).filter(isOfFormat)
  const scenarios = new ScenarioFiles({ maps: mapsIn(options) })
  const reasons = new Map<string, string[]>()
  let [accepted, withMissing, validFiles, validRefused, broken, brokenNamed] = [0, 0, 0, 0, 0, 0]
  const unnamed: string[] = []
  const verdicts: { folder: string; isAccepted: boolean }[] = []
  for (const [index, path] of files.entries()) {
    signal.throwIfAborted()
    report({ stage: 'files', done: index, total: files.length, unit: 'files' })
    const name = basename(path)
    const { refused, notes, missing } = await checkFile(path, scenarios)
    if (missing.length > 0) withMissing++
    const folder = relative(root, dirname(path)).split(sep)[0] || basename(root)
    verdicts.push({ folder, isAccepted: refused === null })
    if (refused === null) accepted++
    else {
      const reason = kindOfMessage(refused)
      reasons.set(reason, [...(reasons.get(reason) ?? []), name])
    }
    if (brokenName.test(name)) {
      broken++
      if (refused !== null || notes.length > 0) brokenNamed++
      else unnamed.push(name)
    } else if (validName.test(name)) {
      validFiles++
      if (refused !== null && missing.length === 0) validRefused++
    }
  }
  const sources = Object.fromEntries(
    [...Map.groupBy(verdicts, ({ folder }) => folder)].map(([folder, of]) => [
      folder,
      { n: of.length, acceptedRate: of.filter(({ isAccepted }) => isAccepted).length / of.length },
    ]),
  )
  const [worst] = Object.entries(sources).toSorted(([, a], [, b]) => a.acceptedRate - b.acceptedRate)
  const byCount = [...reasons].toSorted(([, left], [, right]) => right.length - left.length)
  return {
    n: files.length,
    metrics: {
      files: files.length,
      accepted,
      refused: files.length - accepted,
      refusedForMissingFiles: withMissing,
      validFiles,
      validRefused,
      broken,
      brokenNamedRate: broken === 0 ? 1 : brokenNamed / broken,
    },
    sources,
    ...(worst && { worst: { acceptedRate: { source: worst[0], value: worst[1].acceptedRate } } }),
    failures: [
      ...byCount.map(([reason, of]) => `${of.length} × ${reason} (${of[0]})`),
      ...unnamed.map((name) => `${name}: nothing found in a file that is broken by its name`),
    ],
  }
}
