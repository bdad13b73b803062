import { InvalidInputError } from '@heavylift/core'
import type { Measure, MeasureInput } from '@heavylift/core'
import { createRandom, mean, sortNumbers, quantile } from '@heavylift/core/math'
import type { Random } from '@heavylift/core/math'
import { readMeanings } from '@heavylift/models/testing/meaning'
import { CatalogueIndex, meaningText } from '../../registry/catalogue-index.ts'
import type { Cosines } from '../../registry/catalogue-index.ts'
import { askAbout } from './asked.ts'
import { inTeamsWords, makeFleet, slugOf } from './fleet.ts'
import type { FleetAgent } from './fleet.ts'
import { readWorks, sampleWorks } from './works.ts'
import type { Work } from './works.ts'

const usualSize = 21_000
const looked = 10
const shownNearest = 5
const resamples = 1_000

/**
 * `agents.registry`: 21,000 agents made of descriptions, which teams repeat in words of their own; searches by job, tool, data, owner and team, and by what others
 * say of the same work; and the nearest five of what is about to be published a second time.
 */
export async function runRegistryEval({
  dataDir,
  options = {},
  report,
  signal,
}: MeasureInput): ReturnType<Measure['run']> {
  const works = dataDir === null ? await sampleWorks() : await readWorks(dataDir)
  if (works.length < 5)
    throw new InvalidInputError({
      code: 'eval-no-data',
      message: `Five descriptions at least are needed; ${dataDir ?? 'the sample'} has ${works.length}. Give a folder with lists of servers as the MCP registry has them (*.json), and lists of links with descriptions (*.md) if you have some.`,
    })
  const random = createRandom('agents.registry')
  const fleet = makeFleet(works, Number(options['agents'] ?? usualSize), random)
  const index = new CatalogueIndex()
  for (const agent of fleet) index.put(agent)
  const rows = index.meaningRows()
  const meanings =
    options['meaning'] === true
      ? await readMeanings(fleet.map(meaningText), { dataDir, report, signal })
      : null
  const cosinesOf = async (text: string): Promise<Cosines | null> =>
    (await meanings?.cosines(rows, text)) ?? null
  const byName = new Map(fleet.map((agent) => [agent.name, agent]))
  const groups = new Map<string, number[]>()
  let duplicates: Record<string, number> = {}
  const all = askAbout(works, fleet, random)
  try {
    for (const [at, { group, text, isWanted }] of all.entries()) {
      if (at % 100 === 0) {
        report({ stage: 'searching', done: at, total: all.length, unit: 'searches' })
        signal.throwIfAborted()
      }
      const rank = index
        .search({ text, limit: looked }, await cosinesOf(text))
        .hits.findIndex(({ name }) => isWanted(byName.get(name)!))
      groups.set(group, [...(groups.get(group) ?? []), rank < 0 ? 0 : 1 / (rank + 1)])
    }
    duplicates = await duplicateRecall(index, byName, works, random, cosinesOf)
  } finally {
    await meanings?.close()
  }
  // Groups count alike, however many searches each has.
  const means = [...groups].map(([group, ranks]) => ({ group, mrr10: mean(ranks), n: ranks.length }))
  const worst = means.reduce((low, each) => (each.mrr10 < low.mrr10 ? each : low))
  const [low, high] = interval([...groups.values()], random)
  return {
    n: all.length,
    metrics: {
      mrr10: mean(means.map(({ mrr10 }) => mrr10)),
      mrr10Low: low,
      mrr10High: high,
      ...Object.fromEntries(means.map(({ group, mrr10 }) => [camel(`mrr10 ${group}`), mrr10])),
      ...duplicates,
    },
    worst: { mrr10: { source: worst.group, value: worst.mrr10 } },
    notes: [
      `${fleet.length} agents of ${works.length} works; groups: ${means.map(({ group, n }) => `${group} (${n})`).join(', ')}.`,
      'mrr10 is the mean over groups; the interval (95 %) is of searches drawn again within their groups.',
      'duplicateRecall: of works about to be published again in other words (no tool, data or team told), how many have an agent of the same work among the nearest five.',
    ],
  }
}

/** Of each work, in another's words where there are some, whether the nearest five have an agent that does it already. */
async function duplicateRecall(
  index: CatalogueIndex,
  fleet: ReadonlyMap<string, FleetAgent>,
  works: readonly Work[],
  random: Random,
  cosinesOf: (text: string) => Promise<Cosines | null>,
): Promise<Record<string, number>> {
  const isFound = async (work: Work, summary: string): Promise<number> =>
    index
      .nearest(
        {
          name: 'about-to-be',
          title: '',
          summary,
          jobs: [],
          tags: [],
          team: null,
          owner: null,
          standIn: null,
          reviewOn: null,
          edges: [],
        },
        shownNearest,
        await cosinesOf(meaningText({ title: '', summary })),
      )
      .some(({ name }) => fleet.get(name)!.work === work.id)
      ? 1
      : 0
  const own: number[] = []
  const others: { source: string; isFound: number }[] = []
  for (const work of works) {
    own.push(await isFound(work, inTeamsWords(inTeamsWords(work.text, random), random)))
    for (const { source, text } of work.others) others.push({ source, isFound: await isFound(work, text) })
  }
  const bySource = Map.groupBy(others, ({ source }) => source)
  const recalls = [...bySource].map(
    ([source, each]) => [source, mean(each.map((one) => one.isFound))] as const,
  )
  return {
    duplicateRecall: mean([mean(own), ...recalls.map(([, recall]) => recall)]),
    duplicateRecallOwnWords: mean(own),
    ...Object.fromEntries(recalls.map(([source, recall]) => [camel(`duplicateRecall ${source}`), recall])),
  }
}

/** 95 % of means over groups when searches are drawn again (percentile bootstrap). */
function interval(groups: readonly (readonly number[])[], random: Random): [number, number] {
  const means = sortNumbers(
    Array.from({ length: resamples }, () =>
      mean(groups.map((ranks) => mean(ranks.map(() => random.pick(ranks))))),
    ),
  )
  return [quantile(means, 0.025), quantile(means, 0.975)]
}

const camel = (words: string): string =>
  slugOf(words.replaceAll(/(?<=[a-z])(?=[A-Z])/g, ' ')).replaceAll(/-([a-z0-9])/g, (_, letter: string) =>
    letter.toUpperCase(),
  )
