import { createRandom } from '@heavylift/core'
import type { MeasuredResult, MeasureInput } from '@heavylift/core'
import { decide } from '../../decide/decide.ts'
import type { Decision } from '../../decide/decide.ts'
import type { Observation } from '../../domain/evidence.ts'
import { evidentKinds } from '../../domain/kinds.ts'
import { observeCase } from '../../evidence/observe-case.ts'
import { canonicalHours } from '../../hours/read-hours.ts'
import type { LabelledCase } from '../../kind/fit-combination.ts'
import { committedModel } from '../../kind/model.ts'
import type { KindModel } from '../../kind/model.ts'
import { learnModel } from '../../learn/learn-model.ts'
import { makeCases } from '../../learn/made-cases.ts'
import { addOrder } from './add-order.ts'
import { naiveBayes } from './naive-bayes.ts'
import { readCases } from './read-cases.ts'
import { fitTown, inTown } from '../../learn/town.ts'
import {
  accuracyOf,
  calibrationError,
  f1Of,
  intervalOf,
  leastCalibrationError,
  macroF1,
  selective,
} from './score.ts'
import type { ScoredDecision } from './score.ts'
import type { TrueCase } from './truth.ts'

type Result = Omit<MeasuredResult, 'name' | 'version' | 'seconds'>

interface Observed extends LabelledCase {
  observations: Observation[]
  truth: TrueCase
}

/** Sources with fewer cases than this are pooled, since a part of a few rows tells nothing. */
const leastCases = 200
const mostTrained = 6000
/** Addresses of a source whose kind is said before the others of it are decided again. */
const answered = [30, 100]

/** Kinds decided for addresses whose kind is known. A source that is scored was never learned from. */
export async function runKind({ dataDir, report, signal }: MeasureInput): Promise<Result> {
  const { form, cases } =
    dataDir === null
      ? { form: 'documents' as const, cases: makeCases('address.kind', 800) }
      : readCases(dataDir)
  const observed: Observed[] = []
  for (const [at, truth] of cases.entries()) {
    signal.throwIfAborted()
    if (at % 500 === 0) report({ stage: 'reading', done: at, total: cases.length, unit: 'addresses' })
    observed.push({ truth, label: evidentKinds.indexOf(truth.kind), observations: await observeCase(truth) })
  }
  const groups = groupBySource(observed)
  const isLearned = form !== 'documents' && groups.size > 1
  const all = scoreGroups(groups, isLearned, (one) => one.observations, report)
  const text = scoreGroups(groups, isLearned, (one) => one.observations.filter(isText), report)
  const shipped = committedModel()
  const untrained = [...groups].flatMap(([source, rows]) =>
    rows.map((row) => scored(source, row, decide(shipped, row.observations))),
  )
  const orders = await ordersFollowed(shipped, cases, report)
  const hours = observed.filter(({ truth }) => truth.hours !== undefined)
  const units = observed.filter(({ truth }) => truth.unitNeeded !== undefined)
  const decisions = new Map(all.decisions)
  const sources = Object.fromEntries(
    [...groups.keys()].map((source) => [
      source,
      figuresOf(
        all.rows.filter((row) => row.source === source),
        text.rows.filter((row) => row.source === source),
      ),
    ]),
  )
  const afterAnswers = decideAfterAnswers(groups, all.models)
  for (const [source, figures] of afterAnswers) Object.assign(sources[source]!, figures)
  const worst = Object.entries(sources).sort(([, a], [, b]) => a['macroF1']! - b['macroF1']!)[0]
  return {
    n: observed.length,
    metrics: {
      ...figuresOf(all.rows, text.rows),
      ...meansOf(sources),
      ...meansAfterAnswers([...afterAnswers.values()]),
      // What a set does not tell has no figure.
      ...(units.length === 0
        ? {}
        : {
            unitF1:
              f1Of(
                units,
                ({ truth }) => truth.unitNeeded === true,
                (row) => decisions.get(row)?.unit.needed === true,
              ) ?? 0,
          }),
      ...(hours.length === 0
        ? {}
        : {
            hoursExact:
              hours.filter(
                (row) => canonicalHours(row.truth.hours ?? null) === (decisions.get(row)?.hours ?? null),
              ).length / hours.length,
          }),
      ...orders,
      shippedAccuracy: accuracyOf(untrained),
      shippedMacroF1: macroF1(untrained),
    },
    ...(text.bayes === null ? {} : { baseline: { textOnlyMacroF1: text.bayes } }),
    sources,
    ...(worst === undefined ? {} : { worst: { macroF1: { source: worst[0], value: worst[1]['macroF1']! } } }),
    intervals: {
      macroF1: intervalOf(all.rows, macroF1),
      accuracy: intervalOf(all.rows, accuracyOf),
      textOnlyMacroF1: intervalOf(text.rows, macroF1),
    },
    notes: notesFor(form, isLearned, dataDir === null),
  }
}

const isText = ({ source }: Observation) =>
  source === 'form' || source === 'unit' || source === 'street' || source === 'name' || source === 'owner'

function groupBySource(observed: readonly Observed[]): Map<string, Observed[]> {
  const groups = new Map<string, Observed[]>()
  for (const row of observed) {
    const rows = groups.get(row.truth.source)
    if (rows === undefined) groups.set(row.truth.source, [row])
    else rows.push(row)
  }
  const small = [...groups].filter(([, rows]) => rows.length < leastCases)
  if (small.length === groups.size) return new Map([['all', [...observed]]])
  if (small.length === 0) return groups
  for (const [source] of small) groups.delete(source)
  groups.set(
    'others',
    small.flatMap(([, rows]) => rows),
  )
  return groups
}

/** Figures of each source after a few random addresses of it were answered; the answered are not scored. Small sources have none. */
function decideAfterAnswers(
  groups: ReadonlyMap<string, Observed[]>,
  models: ReadonlyMap<string, KindModel>,
): Map<string, Record<string, number>> {
  const figures = new Map<string, Record<string, number>>()
  for (const [source, rows] of groups) {
    if (rows.length < leastAnswered) continue
    const model = models.get(source)!
    const chosen = createRandom(`address.kind answers ${source}`).sample(rows, answered.at(-1)!)
    const isAnswered = new Set(chosen)
    const others = rows.filter((row) => !isAnswered.has(row))
    const told: Record<string, number> = {}
    for (const count of answered) {
      const town = fitTown(
        chosen.slice(0, count).map(({ observations, truth }) => ({
          probabilities: Object.values(decide(model, observations).probabilities),
          kind: truth.kind,
        })),
      )
      const adapted = inTown(model, town)
      const scores = others.map((row) => scored(source, row, decide(adapted, row.observations)))
      for (const [name, value] of Object.entries({
        accuracy: accuracyOf(scores),
        macroF1: macroF1(scores),
        ece: calibrationError(scores),
        ...selective(scores),
      }))
        told[`${name}After${count}`] = value
    }
    figures.set(source, told)
  }
  return figures
}

const leastAnswered = 400

/** Means over sources, and the worst calibration of one. */
function meansAfterAnswers(each: readonly Record<string, number>[]): Record<string, number> {
  if (each.length === 0) return {}
  const names = Object.keys(each[0]!).filter((name) => /^(?:accuracy|macroF1|ece|errorAt80)After/.test(name))
  return Object.fromEntries([
    ...names.map((name) => [name, each.reduce((sum, one) => sum + one[name]!, 0) / each.length]),
    ...answered.map((count) => [
      `worstEceAfter${count}`,
      Math.max(...each.map((one) => one[`eceAfter${count}`]!)),
    ]),
  ])
}

interface Scored {
  models: Map<string, KindModel>
  rows: ScoredDecision[]
  decisions: [Observed, Decision][]
  /** Macro-F1 of naive Bayes in the same split; null where nothing is learned. */
  bayes: number | null
}

/** Decisions for each source by a model of the others, or by the shipped one. */
function scoreGroups(
  groups: ReadonlyMap<string, Observed[]>,
  isLearned: boolean,
  seen: (one: Observed) => Observation[],
  report: MeasureInput['report'],
): Scored {
  const rows: ScoredDecision[] = []
  const decisions: [Observed, Decision][] = []
  const models = new Map<string, KindModel>()
  const bayes: ScoredDecision[] = []
  let done = 0
  for (const [source, held] of groups) {
    report({ stage: 'deciding', done: done++, total: groups.size, unit: 'sources' })
    let model = committedModel()
    if (isLearned) {
      const others = [...groups]
        .filter(([name]) => name !== source)
        .map(([name, cases]) => ({
          name,
          cases: everyNth(cases, mostTrained).map((one) => ({ label: one.label, observations: seen(one) })),
        }))
      model = learnModel(others)
      const predict = naiveBayes(
        others.flatMap(({ cases }) => cases),
        evidentKinds.length,
      )
      for (const one of held)
        bayes.push(
          scored(source, one, {
            kind: evidentKinds[predict({ label: 0, observations: seen(one) })]!,
            confidence: 1,
            action: 'decide',
          }),
        )
    }
    models.set(source, model)
    for (const one of held) {
      const decision = decide(model, seen(one))
      decisions.push([one, decision])
      rows.push(scored(source, one, decision))
    }
  }
  return { models, rows, decisions, bayes: isLearned ? macroF1(bayes) : null }
}

function everyNth<Item>(items: readonly Item[], most: number): Item[] {
  const step = Math.max(1, items.length / most)
  return Array.from({ length: Math.min(items.length, most) }, (_, at) => items[Math.floor(at * step)]!)
}

function scored(
  source: string,
  { truth }: Observed,
  { kind, confidence, action }: ScoredDecision['decision'],
): ScoredDecision {
  return { source, truth: truth.kind, decision: { kind, confidence, action } }
}

function figuresOf(all: readonly ScoredDecision[], text: readonly ScoredDecision[]): Record<string, number> {
  return {
    n: all.length,
    accuracy: accuracyOf(all),
    macroF1: macroF1(all),
    ece: calibrationError(all),
    eceIfRight: leastCalibrationError(all),
    ...selective(all),
    textOnlyAccuracy: accuracyOf(text),
    textOnlyMacroF1: macroF1(text),
    textOnlyEce: calibrationError(text),
  }
}

/** Over sources, each counting the same. */
function meansOf(sources: Record<string, Record<string, number>>): Record<string, number> {
  const each = Object.values(sources)
  const meanOf = (name: string) =>
    each.reduce((sum, figures) => sum + figures[name]!, 0) / Math.max(each.length, 1)
  return { meanMacroF1: meanOf('macroF1'), meanTextOnlyMacroF1: meanOf('textOnlyMacroF1') }
}

/** An order is put into a document of each address that has any: decisions that it changed, and those that followed orders of the set. */
async function ordersFollowed(
  model: KindModel,
  cases: readonly TrueCase[],
  report: MeasureInput['report'],
): Promise<Record<string, number>> {
  const random = createRandom('address.kind orders')
  const withDocuments = everyNth(
    cases.filter(({ documents }) => documents.length > 0),
    1000,
  )
  let changed = 0
  let followed = 0
  for (const [at, one] of withDocuments.entries()) {
    if (at % 200 === 0)
      report({ stage: 'giving orders', done: at, total: withDocuments.length, unit: 'addresses' })
    const before = decide(model, await observeCase(one))
    const after = decide(model, await observeCase(addOrder(random, one)))
    if (before.kind !== after.kind) changed++
    if (one.ordered && one.ordered !== one.kind && before.kind === one.ordered) followed++
  }
  return { injectedFlips: changed + followed, injectedTried: withDocuments.length }
}

function notesFor(form: string, isLearned: boolean, isMade: boolean): string[] {
  return [
    isLearned
      ? 'Each source was decided by weights learned from the other sources of this folder. The shipped figures are of the weights that come with the project, which saw none of it.'
      : 'Decided by the weights that come with the project; labels were read to score only.',
    ...(isMade
      ? [
          'The addresses and documents are made by the same grammar that the weights learned from, with another seed: other documents are harder.',
        ]
      : []),
    ...(form === 'sales'
      ? [
          'Fields that state the kind (building and tax class) are withheld. Parking, storage and "other" are left out.',
        ]
      : []),
    ...(form === 'licences'
      ? [
          'Licences that name a trade and not a place (contractors, internet sales, landlords) are left out, unless they are HOME BASED.',
        ]
      : []),
  ]
}
