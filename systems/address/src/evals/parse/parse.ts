import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createRandom, InvalidInputError } from '@heavylift/core'
import type { MeasureInput } from '@heavylift/core'
import { makeAddress } from '../../../samples/make-addresses.ts'
import { addNoise, noises } from '../../domain/noise.ts'
import type { Noise } from '../../domain/noise.ts'
import { writeOut } from '../../domain/labelled-address.ts'
import type { LabelledAddress } from '../../domain/labelled-address.ts'
import type { Span } from '../../domain/parsed-address.ts'
import { addressKey, learnedKeys } from '../../parse/learn/learned.ts'
import { readLabelledXml } from '../../parse/learn/usaddress-xml.ts'
import { parseAddress } from '../../parse/parse-address.ts'
import { addScores, intervalsOf, noScore, ratesOf, scoreLabels } from './score-labels.ts'
import type { LabelScore } from './score-labels.ts'
import { usaddressLabels } from './usaddress-peer.ts'

interface Source {
  name: string
  addresses: LabelledAddress[]
  /** Left out since the weights learned from them. */
  learned: number
}

const madeAddresses = 2000
const shownFailures = 20

/** `heavylift eval address.parse`: labels of words against the truth, file by file, beside PyPI `usaddress` on the same texts. */
export async function runParseEval({ dataDir, options = {}, report, signal }: MeasureInput) {
  const noise = noiseOf(options['noise'])
  const sources =
    dataDir === null ? [await madeSource()] : await readSources(dataDir, options['withLearned'] === true)
  const texts: { source: string; truth: LabelledAddress; text: string; spans: Span[] }[] = []
  for (const { name, addresses } of sources) {
    const random = createRandom(`address.parse ${name} ${noise}`)
    for (const address of addresses) {
      const truth = addNoise(address, noise, random)
      texts.push({ source: name, truth, ...writeOut(truth) })
    }
  }
  const scores = new Map(sources.map(({ name }) => [name, noScore()]))
  const failures: string[] = []
  for (const [at, { source, truth, text, spans }] of texts.entries()) {
    if (at % 200 === 0) {
      signal.throwIfAborted()
      report({ stage: 'parsing', done: at, total: texts.length, unit: 'addresses' })
    }
    const { tokens } = parseAddress(text)
    const isRight = scoreLabels(scores.get(source) as LabelScore, truth, spans, tokens)
    if (!isRight && failures.length < shownFailures)
      failures.push(`${source}: ${tokens.map((token) => `${token.text}/${token.label}`).join(' ')}`)
  }
  const peer = await peerScore(texts, options['python'], signal)
  const total = addScores([...scores.values()])
  const scored = [...scores].filter(([, { n }]) => n > 0)
  const worstBy = (rate: 'fullRate' | 'coarseFullRate') =>
    scored
      .map(([source, score]) => ({ source, value: ratesOf(score)[rate] }))
      .toSorted((a, b) => a.value - b.value)
      .slice(0, 1)
      .map((worst) => [rate, worst] as const)
  const learned = sources.filter((source) => source.learned > 0)
  return {
    n: total.n,
    metrics: ratesOf(total),
    intervals: intervalsOf(total),
    sources: Object.fromEntries(scored.map(([name, score]) => [name, { n: score.n, ...ratesOf(score) }])),
    worst: Object.fromEntries([...worstBy('fullRate'), ...worstBy('coarseFullRate')]),
    ...(peer.score === null ? {} : { peers: { usaddress: ratesOf(peer.score) } }),
    failures,
    notes: [
      `Noise: ${noise}.`,
      ...learned.map(
        (source) =>
          `${source.name}: ${source.learned} addresses are left out, since the weights learned from them.`,
      ),
      ...peer.notes,
    ],
  }
}

function noiseOf(option: string | boolean | undefined): Noise {
  const noise = noises.find((one) => one === (option ?? 'none'))
  if (noise === undefined)
    throw new InvalidInputError({
      code: 'noise-unknown',
      message: `There is no noise "${String(option)}". Known: ${noises.join(', ')}.`,
    })
  return noise
}

function madeSource(): Promise<Source> {
  const addresses = Array.from({ length: madeAddresses }, (_, at) =>
    makeAddress(createRandom(`address.parse ${at}`)),
  )
  return Promise.resolve({ name: 'made', addresses, learned: 0 })
}

async function readSources(dataDir: string, withLearned: boolean): Promise<Source[]> {
  const names = (await readdir(dataDir, { recursive: true }))
    .filter((name) => name.endsWith('.xml'))
    .toSorted()
  if (names.length === 0)
    throw new InvalidInputError({ code: 'data-empty', message: `There is no .xml file below ${dataDir}.` })
  const learned = withLearned ? new Set<string>() : await learnedKeys()
  return Promise.all(
    names.map(async (name) => {
      const all = readLabelledXml(await readFile(join(dataDir, name), 'utf8'), name)
      const addresses = all.filter((address) => !learned.has(addressKey(address)))
      return { name, addresses, learned: all.length - addresses.length }
    }),
  )
}

/** PyPI `usaddress` on the same texts; without it, a note says so. */
async function peerScore(
  texts: readonly { truth: LabelledAddress; text: string; spans: Span[] }[],
  python: string | boolean | undefined,
  signal: AbortSignal,
): Promise<{ score: LabelScore | null; notes: string[] }> {
  const given = await usaddressLabels(
    typeof python === 'string' ? python : 'python3',
    texts.map(({ text }) => text),
    signal,
  )
  if (given === null)
    return {
      score: null,
      notes: ['No peer: give --python a Python that has usaddress (pip install usaddress).'],
    }
  const score = noScore()
  for (const [at, { truth, spans }] of texts.entries()) scoreLabels(score, truth, spans, given[at] ?? [])
  return { score, notes: ['usaddress may have learned from files that are scored here.'] }
}
