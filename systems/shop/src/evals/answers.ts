import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { HeavyliftError, silentLogger } from '@heavylift/core'
import type { MeasureInput } from '@heavylift/core'
import { quantile, sortNumbers, wilsonInterval } from '@heavylift/core/math'
import type { TaskModel } from '@heavylift/models'
import { startTaskGateway } from '@heavylift/models/testing/gateway'
import { openTestEmbedder } from '@heavylift/models/testing/meaning'
import type { TestEmbedder } from '@heavylift/models/testing/meaning'
import { askModelOf } from '../assistant/by-model/ask-model.ts'
import type { AskModel } from '../assistant/by-model/ask-model.ts'
import type { ExamResult } from '../assistant/by-model/examine.ts'
import { ModelPace } from '../assistant/by-model/model-pace.ts'
import { ModelWorth } from '../assistant/model-worth.ts'
import { Phrases } from '../assistant/phrases.ts'
import { languageOf } from '../language/language.ts'
import { modelByHand } from './answers/by-hand.ts'
import { readConversationFiles } from './answers/conversation-file.ts'
import type { StoreConversations } from './answers/conversation-file.ts'
import { countedModel } from './answers/counted-model.ts'
import type { CountedCall } from './answers/counted-model.ts'
import { failureOf } from './answers/judge-stated.ts'
import { meetWishes, readMarkedWishes, wishFigures } from './answers/marked-wishes.ts'
import type { MetWish } from './answers/marked-wishes.ts'
import { checkAnswer } from './assistant/check-answer.ts'
import { meaningText } from '../search/meaning-text.ts'
import { openMemoryStore } from './assistant/memory-store.ts'
import { readProducts } from './dialogue/catalogs.ts'
import type { EvalCatalog } from './dialogue/catalogs.ts'
import { hearing } from './dialogue/hearing.ts'
import { Talker } from './dialogue/talk.ts'
import type { TurnOutcome } from '../assistant/turn.ts'

/** What is worked on with: no measure of stores that nobody has seen. */
const ownStores = fileURLToPath(new URL('../../samples/stores', import.meta.url))

interface AskedTurn {
  store: string
  say: string
  /** Null where nothing was expected. */
  isRight: boolean | null
  /** What became of the model's calls. */
  by: 'used' | 'late' | 'refused' | 'failed' | 'not-asked'
  calls: CountedCall[]
  tookMs: number
}

/**
 * `shop.answers [--data DIR]`: conversations over a store's own export, as `*.conversations.json` in DIR states them with what should come of
 * each message, and wishes, as `NAME.wishes.tsv` beside marks what is right for each; without DIR, over `samples/stores`, which were written apart
 * from the code and read since. They are answered as the assistant would with the model named by `--url` and `--model`, with replies that somebody writes
 * (`--by-hand`), or by the rules alone.
 */
export async function runAnswersEval({ dataDir, options, report, signal }: MeasureInput) {
  const files = await readConversationFiles(dataDir ?? ownStores)
  const asText = (name: string) => (typeof options?.[name] === 'string' ? options[name] : null)
  const folder = await mkdtemp(join(tmpdir(), 'heavylift-answers-'))
  const exam: ExamResult = { right: 0, asked: 0, medianMs: null }
  const opened = await openModel(asText, signal, (result) => Object.assign(exam, result))
  const embedder = options?.['meaning'] === true ? await openTestEmbedder() : null
  const turns: AskedTurn[] = []
  const met = new Map<string, MetWish[]>()
  const failures: string[] = []
  const transcript: string[] = []
  try {
    for (const [at, file] of files.entries()) {
      const run = await talkOver(file, {
        folder: join(folder, String(at)),
        opened,
        embedder,
        signal,
        report: (done) => report({ stage: file.name, done: turns.length + done, unit: 'turns' }),
      })
      turns.push(...run.turns)
      met.set(file.name, run.met)
      failures.push(...run.failures)
      transcript.push(`# ${file.name}`, ...run.transcript)
    }
  } finally {
    await embedder?.close()
    await opened.close()
    await rm(folder, { recursive: true, force: true })
  }
  const path = asText('transcript')
  if (path !== null) await writeFile(path, `${transcript.join('\n\n')}\n`)
  return {
    n: turns.length,
    metrics: {
      ...figuresOf(turns),
      ...wishFigures([...met.values()].flat()),
      examRight: exam.right,
      examAsked: exam.asked,
      repliesAwaited: opened.awaited(),
    },
    peers: Object.fromEntries(
      [...met].map(([store, wishes]) => [
        store,
        { ...figuresOf(turns.filter((turn) => turn.store === store)), ...wishFigures(wishes) },
      ]),
    ),
    failures,
  }
}

interface OpenedModel {
  /** Null: the rules answer alone. */
  model: TaskModel | null
  awaited: () => number
  /** Asks the model as the assistant does. */
  asks(model: TaskModel): AskModel
  close(): Promise<void>
}

async function openModel(
  asText: (name: string) => string | null,
  stopping: AbortSignal,
  onExam: (result: ExamResult) => void,
): Promise<OpenedModel> {
  const [url, hand, apiKey, name] = [asText('url'), asText('byHand'), asText('key'), asText('model')]
  const mostMs = Number(asText('wait') ?? usualWaitMs)
  if (hand !== null) {
    const { model, awaited } = await modelByHand(hand)
    return { model, awaited, asks: (counted) => trusted(counted, stopping), close: () => Promise.resolve() }
  }
  const none = {
    awaited: () => 0,
    asks: (counted: TaskModel) => examinedFirst(counted, mostMs, stopping, onExam),
  }
  if (url === null) return { ...none, model: null, close: () => Promise.resolve() }
  if (name === null)
    throw new HeavyliftError({
      code: 'eval-model-missing',
      message: 'Name the model of that server by --model.',
      status: 400,
    })
  const gateway = await startTaskGateway({
    baseUrl: url,
    model: name,
    ...(apiKey === null ? {} : { apiKey }),
  })
  return { ...none, model: gateway.model, close: () => gateway.close() }
}

const usualWaitMs = 8_000

async function talkOver(
  file: StoreConversations,
  {
    folder,
    opened,
    embedder,
    signal,
    report,
  }: {
    folder: string
    opened: OpenedModel
    embedder: TestEmbedder | null
    signal: AbortSignal
    report: (done: number) => void
  },
) {
  const products = await readProducts(file.storePath, file)
  const meanings = await embedder?.read(products.map(meaningText), {
    name: file.name,
    report: () => undefined,
    signal,
  })
  const store = await openMemoryStore({
    products,
    language: file.language,
    ...(meanings ? { meanings } : {}),
    folder,
    signal,
  })
  const catalog: EvalCatalog = {
    name: file.name,
    store,
    policies: file.policies,
    ...(embedder ? hearing(embedder, signal) : {}),
  }
  const rows = new Map(products.map((product) => [product.id, product]))
  const row = (id: string) => rows.get(id) ?? null
  const nearTitle = new Phrases(languageOf(file.language), '').say('title.near')
  const calls: CountedCall[] = []
  const { model } = opened
  const ask = model && opened.asks(countedModel(model, (call) => calls.push(call)))
  const talker = new Talker(catalog, signal, ask)
  const turns: AskedTurn[] = []
  const failures: string[] = []
  const transcript: string[] = []
  for (const conversation of file.conversations) {
    let state = {}
    let page: string | null = null
    for (const { say, expect, ...turn } of conversation.turns) {
      page = turn.page ?? page
      calls.length = 0
      const began = performance.now()
      const awaitedBefore = opened.awaited()
      const said = await talker.say(say, page, state)
      // What comes after depends on the reply.
      if (opened.awaited() > awaitedBefore) break
      const tookMs = performance.now() - began
      const { answer, outcome } = said
      const stated = file.policies.map(({ title, text }) => `${title} ${text}`).join(' ')
      const faults = await checkAnswer(answer.parts, store.catalog, said.musts, page, stated)
      // That checker hears denials in English alone.
      const [fault] = [...faults.ungrounded, ...(file.language === 'en' ? faults.violations : [])]
      const failure = fault ?? (expect === undefined ? null : failureOf(expect, answer, row, nearTitle))
      turns.push({
        store: file.name,
        say,
        isRight: expect === undefined ? null : failure === null,
        by: becameOf(outcome),
        calls: [...calls],
        tookMs,
      })
      const cards = [...answer.cards, ...(answer.comparison?.products ?? [])]
      if (failure !== null)
        failures.push(`${file.name}, ${conversation.name}: “${say}” ${failure}: ${answer.text.slice(0, 240)}`)
      transcript.push(
        `**${say}**${failure === null ? '' : ` (${failure})`}\n\n${answer.text}`,
        ...(cards.length > 0
          ? [cards.map(({ title, cautions }) => [`- ${title}`, ...(cautions ?? [])].join(' ⚠ ')).join('\n')]
          : []),
      )
      report(turns.length)
      state = said.state
    }
  }
  const met = await meetWishes(await readMarkedWishes(file.wishesPath, products), store, talker)
  const titleOf = (id: string) => row(id)?.title ?? id
  transcript.push(
    ...met.map(({ wish, kind, shown, place, plainPlace }) =>
      [
        `**${wish.text}** (${kind}; right one ${placed(place)}, plain search ${placed(plainPlace)}: ${[...wish.right].map(titleOf).join(', ') || 'none'})`,
        ...shown.map((id) => `- ${titleOf(id)}`),
      ].join('\n'),
    ),
  )
  return { turns, met, failures, transcript }
}

const placed = (place: number): string => (place === -1 ? 'not shown' : `at ${place + 1}`)

const clock = { monotonicMs: () => performance.now() }

/** Whoever writes replies is not examined, and has all the time. */
function trusted(model: TaskModel, stopping: AbortSignal): AskModel {
  const worth = Object.assign(new ModelWorth(clock), { decide: () => 'ask' as const })
  return askModelOf({
    model,
    log: silentLogger,
    worth,
    pace: new ModelPace(),
    mostMs: 3_600_000,
    stopping,
  })
}

/** As in a store, but for that the first question waits for the examination. */
function examinedFirst(
  model: TaskModel,
  mostMs: number,
  stopping: AbortSignal,
  onExam: (result: ExamResult) => void,
): AskModel {
  const examined = Promise.withResolvers<void>()
  const ask = askModelOf({
    model,
    log: silentLogger,
    worth: new ModelWorth(clock),
    pace: new ModelPace(),
    mostMs,
    stopping,
    onExam: (result) => {
      onExam(result)
      // What comes of it is noted after this.
      setImmediate(examined.resolve)
    },
  })
  return (input) => {
    const call = ask(input)
    if (call !== null) return call
    return examined.promise.then(
      () => ask(input) ?? { model: model.name, said: null, failure: 'failed', allowedMs: mostMs, tookMs: 0 },
    )
  }
}

/** What became of the model's calls of a turn. */
function becameOf({ plan, calls }: TurnOutcome): AskedTurn['by'] {
  const errors = calls.flatMap(({ step, error }) => (step === 'model' ? [error] : []))
  if (plan.read !== undefined) return 'used'
  if (errors.length === 0) return 'not-asked'
  return errors.includes('late') ? 'late' : errors.includes('refused') ? 'refused' : 'failed'
}

function figuresOf(turns: readonly AskedTurn[]) {
  const judged = turns.filter(({ isRight }) => isRight !== null)
  const right = judged.filter(({ isRight }) => isRight === true).length
  const calls = turns.flatMap((turn) => turn.calls)
  const of = (values: readonly (number | null)[], q: number) => {
    const known = sortNumbers(values.flatMap((value) => value ?? []))
    return known.length === 0 ? 0 : Math.round(quantile(known, q))
  }
  const became = (by: AskedTurn['by']) => share(turns.filter((turn) => turn.by === by).length, turns.length)
  const { low, high } = wilsonInterval(right, judged.length)
  return {
    turns: turns.length,
    expected: judged.length,
    right,
    rightRate: share(right, judged.length),
    rightRateLow: low,
    rightRateHigh: high,
    usedRate: became('used'),
    lateRate: became('late'),
    refusedRate: became('refused'),
    failedRate: became('failed'),
    notAskedRate: became('not-asked'),
    callsPerTurn: share(calls.length, turns.length),
    promptCharactersP50: of(
      calls.map(({ characters }) => characters),
      0.5,
    ),
    promptCharactersP90: of(
      calls.map(({ characters }) => characters),
      0.9,
    ),
    promptTokensP50: of(
      calls.map(({ promptTokens }) => promptTokens),
      0.5,
    ),
    replyTokensP50: of(
      calls.map(({ replyTokens }) => replyTokens),
      0.5,
    ),
    callP50Ms: of(
      calls.map(({ tookMs }) => tookMs),
      0.5,
    ),
    callP90Ms: of(
      calls.map(({ tookMs }) => tookMs),
      0.9,
    ),
    turnP50Ms: of(
      turns.map(({ tookMs }) => tookMs),
      0.5,
    ),
    turnP90Ms: of(
      turns.map(({ tookMs }) => tookMs),
      0.9,
    ),
  }
}

const share = (part: number, whole: number): number => (whole === 0 ? 0 : part / whole)
